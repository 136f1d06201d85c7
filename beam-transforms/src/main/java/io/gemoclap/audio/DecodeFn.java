package io.gemoclap.audio;

import static java.util.Objects.requireNonNull;

import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.decode.GuardedDecode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.audio.segment.SpeechGate;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;

/** Decodes one recording and emits its segments while it goes. */
final class DecodeFn extends DoFn<Recording, SpeechSegment> {
  /** Segments of more than a mebibyte, which Flink's batch sorter may not take in. */
  static final TupleTag<SpeechSegment> LONG_SEGMENTS = new TupleTag<>("longSegments") {};

  private static final int LONG_SAMPLES = 1 << 18;

  static final TupleTag<SpeechSegment> SEGMENTS = new TupleTag<>("segments") {};
  static final TupleTag<DecodedRecording> RECORDINGS = new TupleTag<>("recordings") {};
  static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private final DecodeAudio settings;

  private final Counter recordings = Metrics.counter(DecodeAudio.STAGE, "recordings");
  private final Counter failed = Metrics.counter(DecodeAudio.STAGE, "failures");
  private final Counter unjudged = Metrics.counter(DecodeAudio.STAGE, "unjudged_segments");
  private final Counter truncated = Metrics.counter(DecodeAudio.STAGE, "truncated");
  private final Counter milliseconds = Metrics.counter(DecodeAudio.STAGE, "audio_milliseconds");

  private transient AudioDecoder decoder;

  DecodeFn(DecodeAudio settings) {
    this.settings = settings;
  }

  @Setup
  public void setup() {
    decoder = settings.decoder();
    decoder.requireNatives();
  }

  @Teardown
  public void teardown() {
    if (decoder != null) {
      decoder.close();
    }
  }

  @ProcessElement
  public void process(@Element Recording recording, MultiOutputReceiver out) {
    Cutter cutter = new Cutter(recording, out);
    DecodeReport report;
    try {
      report =
          GuardedDecode.of(
              recording.id(),
              () -> open(recording),
              encoded -> {
                DecodeReport decoded = decoder.decode(encoded, recording.id(), cutter);
                cutter.finish();
                return decoded;
              });
    } catch (DecodeException e) {
      failed.inc();
      out.get(FAILURES).output(DecodeAudio.failure(recording, e));
      return;
    }
    out.get(RECORDINGS).output(DecodedRecording.of(recording, report, cutter.segments));
    recordings.inc();
    milliseconds.inc(Math.round(report.decodedSeconds() * 1000));
    if (report.truncated()) {
      truncated.inc();
    }
  }

  private SeekableByteChannel open(Recording recording) throws DecodeException, IOException {
    if (recording.problem() != null) {
      throw new DecodeException(FailureKind.UNREADABLE, recording.problem());
    }
    return recording.encoded() != null
        ? EncodedBytes.of(recording.encoded())
        : EncodedBytes.open(settings.roots().resolve(requireNonNull(recording.uri())));
  }

  /** Feeds one segmenter session a channel and emits what they cut. */
  private final class Cutter implements SampleSink {
    private final Recording recording;
    private final MultiOutputReceiver out;
    private final List<Segmenter.Session> sessions = new ArrayList<>();
    private int segments;

    Cutter(Recording recording, MultiOutputReceiver out) {
      this.recording = recording;
      this.out = out;
    }

    @Override
    public void begin(int count) {
      for (int i = 0; i < count; i++) {
        sessions.add(session(i));
      }
    }

    private Segmenter.Session session(int channel) {
      Segmenter segmenter = settings.segmenter();
      Segmenter.Session session = segmenter.open(settings.sampleRate(), recording.spans());
      return segmenter.findsSpeech(recording.spans())
          ? session
          : new SpeechGate(
              session,
              settings.sampleRate(),
              (start, length, reason) -> {
                SegmentRef segment = reference(channel, start, length);
                outputUnjudged(DecodeAudio.noSpeech(segment, reason));
              });
    }

    private SegmentRef reference(int channel, long startSample, int length) {
      double start = startSample / (double) settings.sampleRate();
      double end = (startSample + length) / (double) settings.sampleRate();
      return new SegmentRef(recording.id(), channel, start, end, recording.metadata());
    }

    @Override
    public void accept(int channel, float[] samples, int length) throws DecodeException {
      sessions.get(channel).accept(samples, length, emitting(channel));
    }

    @Override
    public void silence(int channel, int length) throws DecodeException {
      sessions.get(channel).silence(length, emitting(channel));
    }

    void finish() throws DecodeException {
      for (int channel = 0; channel < sessions.size(); channel++) {
        sessions.get(channel).finish(emitting(channel));
      }
    }

    private Segmenter.Out emitting(int channel) {
      return new Segmenter.Out() {
        @Override
        public void emit(long startSample, float[] samples) {
          SegmentRef ref = reference(channel, startSample, samples.length);
          segments++;
          output(
              samples.length > LONG_SAMPLES ? LONG_SEGMENTS : SEGMENTS,
              new SpeechSegment(ref, settings.sampleRate(), samples));
        }

        @Override
        public void missed(Span span, String reason) {
          outputUnjudged(DecodeAudio.missed(recording, span, reason));
        }
      };
    }

    private void outputUnjudged(Failure failure) {
      failed.inc();
      unjudged.inc();
      output(FAILURES, failure);
    }

    /** A runner may run later stages in here: their exceptions are not faults of the recording. */
    private <T> void output(TupleTag<T> tag, T value) {
      try {
        out.get(tag).output(value);
      } catch (RuntimeException | Error e) {
        throw new GuardedDecode.LaterStageException(e);
      }
    }
  }
}
