package io.gemoclap.audio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The streams of one recording on their way to its sink: numbers their output channels one stream
 * after the other, and gathers what happened to the recording.
 */
final class ConditionedStreams implements StreamSinks {
  /** -90 dB of full scale: one step of 16 bits lies below. */
  private static final float SILENT_PEAK = 3.1623e-5f;

  private final DecoderLimits limits;
  private final ChannelMode mode;
  private final int outputRate;
  private final boolean highPassed;
  private final SampleSink sink;
  private final Deadline deadline;
  private final List<Conditioner> streams = new ArrayList<>();

  /** Largest magnitude in each output channel; empty before the first block. */
  private float[] peaks = {};

  ConditionedStreams(
      DecoderLimits limits,
      ChannelMode mode,
      int outputRate,
      boolean highPassed,
      SampleSink sink,
      Deadline deadline) {
    this.limits = limits;
    this.mode = mode;
    this.outputRate = outputRate;
    this.highPassed = highPassed;
    this.sink = sink;
    this.deadline = deadline;
  }

  @Override
  public PcmSink open(int channels, boolean discontinuous) {
    Conditioner stream =
        new Conditioner(
            limits, mode, outputRate, highPassed, this, deadline, channels, discontinuous);
    streams.add(stream);
    return stream;
  }

  /** Begins the sink with the first block of any stream. */
  void begin() throws DecodeException {
    if (!begun()) {
      int channels = 0;
      for (Conditioner stream : streams) {
        channels = stream.begin(channels);
      }
      peaks = new float[channels];
      sink.begin(channels);
    }
  }

  /** Whether there was a block. */
  boolean begun() {
    return peaks.length > 0;
  }

  void accept(int channel, float[] block, int length) throws DecodeException {
    for (int i = 0; i < length; i++) {
      peaks[channel] = Math.max(peaks[channel], Math.abs(block[i]));
    }
    sink.accept(channel, block, length);
  }

  void silence(int channel, int length) throws DecodeException {
    sink.silence(channel, length);
  }

  void flush() throws DecodeException {
    for (Conditioner stream : streams) {
      stream.flush();
    }
  }

  int sourceRate() {
    return streams.stream()
        .mapToInt(Conditioner::sourceRate)
        .filter(r -> r > 0)
        .findFirst()
        .orElse(0);
  }

  int sourceChannels() {
    return streams.stream().mapToInt(Conditioner::sourceChannels).sum();
  }

  int outputChannels() {
    return peaks.length;
  }

  /** Media time at which the last stream ends. */
  double endSeconds() {
    return streams.stream().mapToDouble(Conditioner::endSeconds).max().orElse(0);
  }

  long nonFiniteSamples() {
    return streams.stream().mapToLong(Conditioner::nonFiniteSamples).sum();
  }

  /** What happened, without what only the source of the samples knows. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    addSilence(notes);
    double cancelled = sum(Conditioner::cancelledSeconds);
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
    double changes = sum(Conditioner::formatChanges);
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
    for (int channel = 0; channel < peaks.length; channel++) {
      if (peaks[channel] < SILENT_PEAK) {
        silent.add(channel);
      }
    }
    if (!silent.isEmpty() && silent.size() == peaks.length) {
      notes.add(DecodeNote.SILENCE.code());
    } else if (!silent.isEmpty()) {
      String list = Arrays.toString(silent.toArray());
      notes.add(DecodeNote.SILENT_CHANNELS.with("%s", list.substring(1, list.length() - 1)));
    }
  }

  private double sum(ToDoubleFunction<Conditioner> fact) {
    return streams.stream().mapToDouble(fact).sum();
  }
}
