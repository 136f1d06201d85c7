package io.gemoclap.audio.signal;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeNote;
import io.gemoclap.audio.pcm.PcmSink;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.pcm.StreamSinks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.beam.sdk.annotations.Internal;

/**
 * The streams of one recording on their way to its sink: numbers their output channels one stream
 * after the other, and gathers what happened to the recording.
 *
 * @hidden
 */
@Internal
public final class PreprocessedStreams implements StreamSinks {
  /** -90 dB of full scale: one step of 16 bits lies below. */
  private static final float SILENT_PEAK = 3.1623e-5f;

  private final Preprocessing settings;
  private final SampleSink sink;
  private final List<Preprocessor> streams = new ArrayList<>();

  /** Which output channels have had a sample that is not silent; empty before the first block. */
  private boolean[] audible = {};

  public PreprocessedStreams(Preprocessing settings, SampleSink sink) {
    this.settings = settings;
    this.sink = sink;
  }

  @Override
  public PcmSink open(int channels, boolean discontinuous) {
    Preprocessor stream = new Preprocessor(settings, this, channels, discontinuous);
    streams.add(stream);
    return stream;
  }

  /** Begins the sink with the first block of any stream. */
  void begin() throws DecodeException {
    if (!begun()) {
      int channels = 0;
      for (Preprocessor stream : streams) {
        channels = stream.begin(channels);
      }
      audible = new boolean[channels];
      sink.begin(channels);
    }
  }

  /** Whether there was a block. */
  public boolean begun() {
    return audible.length > 0;
  }

  void accept(int channel, float[] block, int length) throws DecodeException {
    for (int i = 0; i < length && !audible[channel]; i++) {
      audible[channel] = Math.abs(block[i]) >= SILENT_PEAK;
    }
    sink.accept(channel, block, length);
  }

  void silence(int channel, int length) throws DecodeException {
    sink.silence(channel, length);
  }

  void flush() throws DecodeException {
    for (Preprocessor stream : streams) {
      stream.flush();
    }
  }

  public int sourceRate() {
    return streams.stream()
        .mapToInt(Preprocessor::sourceRate)
        .filter(r -> r > 0)
        .findFirst()
        .orElse(0);
  }

  public int sourceChannels() {
    return streams.stream().mapToInt(Preprocessor::sourceChannels).sum();
  }

  public int outputChannels() {
    return audible.length;
  }

  /** Media time at which the last stream ends. */
  public double endSeconds() {
    return streams.stream().mapToDouble(Preprocessor::endSeconds).max().orElse(0);
  }

  public long nonFiniteSamples() {
    return streams.stream().mapToLong(Preprocessor::nonFiniteSamples).sum();
  }

  /** What happened, without what only the source of the samples knows. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    addSilence(notes);
    double cancelled = sum(Preprocessor::cancelledSeconds);
    if (cancelled > 0) {
      notes.add(DecodeNote.MIX_CANCELS.with("for %.2f s of %.2f s", cancelled, endSeconds()));
    }
    double start =
        streams.stream().mapToDouble(stream -> stream.timeline().startSeconds()).max().orElse(0);
    if (start > 0) {
      notes.add(DecodeNote.LATE_START.with("%.2f s", start));
    }
    double gaps = sum(stream -> stream.timeline().gaps());
    if (gaps > 0) {
      double seconds = sum(stream -> stream.timeline().gapSeconds());
      notes.add(DecodeNote.GAPS.with("%.0f, together %.2f s", gaps, seconds));
    }
    double jumps = sum(stream -> stream.timeline().jumps());
    if (jumps > 0) {
      notes.add(DecodeNote.TIME_JUMPS.with("%.0f", jumps));
    }
    double changes = sum(Preprocessor::formatChanges);
    if (changes > 0) {
      notes.add(DecodeNote.FORMAT_CHANGES.with("%.0f", changes));
    }
    if (nonFiniteSamples() > 0) {
      notes.add(DecodeNote.NON_FINITE.with("%d samples", nonFiniteSamples()));
    }
    return notes;
  }

  private void addSilence(List<String> notes) {
    List<Integer> silent = new ArrayList<>();
    for (int channel = 0; channel < audible.length; channel++) {
      if (!audible[channel]) {
        silent.add(channel);
      }
    }
    if (!silent.isEmpty() && silent.size() == audible.length) {
      notes.add(DecodeNote.SILENCE.code());
    } else if (!silent.isEmpty()) {
      String list = Arrays.toString(silent.toArray());
      notes.add(DecodeNote.SILENT_CHANNELS.with("%s", list.substring(1, list.length() - 1)));
    }
  }

  private double sum(ToDoubleFunction<Preprocessor> fact) {
    return streams.stream().mapToDouble(fact).sum();
  }
}
