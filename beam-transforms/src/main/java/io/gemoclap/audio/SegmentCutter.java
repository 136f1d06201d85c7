package io.gemoclap.audio;

import io.gemoclap.audio.decode.GuardedDecode;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.audio.segment.SpeechGate;
import io.gemoclap.audio.speech.SpeechClassifier;
import io.gemoclap.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** Feeds one segmenter session a channel, and emits what they cut if it is speech. */
final class SegmentCutter implements SampleSink {
  private final Counter failed = Metrics.counter(DecodeAudio.STAGE, "failures");
  private final Counter unjudged = Metrics.counter(DecodeAudio.STAGE, "unjudged_segments");

  private final DecodeAudio settings;
  private final Recording recording;
  private final SpeechClassifier classifier;
  private final MultiOutputReceiver out;
  private final Consumer<SpeechSegment> cut;
  private final Opener opener;
  private final List<Segmenter.Session> sessions = new ArrayList<>();
  private int segments;

  /** Opens the session of a channel. */
  interface Opener {
    /**
     * Opens a session.
     *
     * @param spans those of the recording that may lie in the channel
     * @param channel number of the channel, from 0
     * @param channels number of the recording's channels
     */
    Segmenter.Session open(List<Span> spans, int channel, int channels);
  }

  /**
   * Cuts a recording.
   *
   * @param cut takes the segments
   */
  SegmentCutter(
      DecodeAudio settings,
      Recording recording,
      SpeechClassifier classifier,
      MultiOutputReceiver out,
      Consumer<SpeechSegment> cut,
      Opener opener) {
    this.settings = settings;
    this.recording = recording;
    this.classifier = classifier;
    this.out = out;
    this.cut = cut;
    this.opener = opener;
  }

  /** Number of segments so far. */
  int segments() {
    return segments;
  }

  @Override
  public void begin(int count) {
    for (int i = 0; i < count; i++) {
      sessions.add(session(i, count));
    }
  }

  private Segmenter.Session session(int channel, int channels) {
    Segmenter.Session session = opener.open(spans(), channel, channels);
    return settings.segmenter().findsSpeech(recording.spans())
        ? session
        : new SpeechGate(
            session,
            settings.sampleRate(),
            (start, length, span, reason) -> {
              SegmentRef segment = reference(channel, start, length, span);
              outputUnjudged(DecodeAudio.noSpeech(segment, reason));
            });
  }

  /** The mixed signal holds all channels. */
  private List<Span> spans() {
    return settings.channels() == ChannelMode.SPLIT
        ? recording.spans()
        : recording.spans().stream().map(span -> span.withChannel(Span.EVERY_CHANNEL)).toList();
  }

  private SegmentRef reference(int channel, long startSample, int length, @Nullable Span span) {
    double start = startSample / (double) settings.sampleRate();
    double end = (startSample + length) / (double) settings.sampleRate();
    return new SegmentRef(
        recording.id(),
        channel,
        start,
        end,
        span == null ? recording.metadata() : recording.metadata(span));
  }

  @Override
  public void accept(int channel, float[] samples, int length) throws DecodeException {
    sessions.get(channel).accept(samples, length, emitting(channel));
  }

  @Override
  public void silence(int channel, int length) throws DecodeException {
    sessions.get(channel).silence(length, emitting(channel));
  }

  /** Ends all channels. */
  void finish() throws DecodeException {
    for (int channel = 0; channel < sessions.size(); channel++) {
      sessions.get(channel).finish(emitting(channel));
    }
  }

  private Segmenter.Out emitting(int channel) {
    return new Segmenter.Out() {
      @Override
      public void emit(long startSample, float[] samples) {
        emitOf(null, startSample, samples);
      }

      @Override
      public void emit(Span span, long startSample, float[] samples) {
        emitOf(span, startSample, samples);
      }

      private void emitOf(@Nullable Span span, long startSample, float[] samples) {
        double speech =
            settings.sampleRate() < SpeechClassifier.LOWEST_RATE
                ? SegmentRef.UNKNOWN
                : classifier.probability(samples);
        SegmentRef ref =
            reference(channel, startSample, samples.length, span).withSpeechProbability(speech);
        if (speech != SegmentRef.UNKNOWN && speech < settings.speechThreshold()) {
          outputUnjudged(DecodeAudio.noSpeech(ref, notSpeech(speech)));
          return;
        }
        segments++;
        later(() -> cut.accept(new SpeechSegment(ref, settings.sampleRate(), samples)));
      }

      @Override
      public void missed(Span span, String reason) {
        outputUnjudged(DecodeAudio.missed(recording, span, reason));
      }
    };
  }

  private String notSpeech(double probability) {
    return String.format(
        Locale.ROOT,
        "The segment is not speech, but music, noise or another sound: its speech probability is"
            + " %.3f, below the threshold %s.",
        probability,
        settings.speechThreshold());
  }

  private void outputUnjudged(Failure failure) {
    failed.inc();
    unjudged.inc();
    output(DecodeWithStage.FAILURES, failure);
  }

  /** Emits a value to an output. */
  <V> void output(TupleTag<V> tag, V value) {
    later(() -> out.get(tag).output(value));
  }

  /** Runs later stages in here: their exceptions are not faults of the recording. */
  private static void later(Runnable stages) {
    try {
      stages.run();
    } catch (RuntimeException | Error e) {
      throw new GuardedDecode.LaterStageException(e);
    }
  }
}
