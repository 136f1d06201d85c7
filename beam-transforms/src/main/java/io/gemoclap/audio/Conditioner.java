package io.gemoclap.audio;

import io.gemoclap.failure.FailureKind;
import java.util.Locale;

/**
 * Turns the samples of a source into output streams: checks limits, removes non-finite samples,
 * mixes or keeps channels, removes offsets and rumble, changes the rate.
 */
final class Conditioner implements PcmSink {
  /** Larger values are noise from a damaged float file, and would overflow when squared. */
  private static final float LARGEST = 1e9f;

  private final DecoderLimits limits;
  private final ChannelMode mode;
  private final int outputRate;
  private final boolean highPassed;
  private final SampleSink sink;
  private final Deadline deadline;

  private int firstRate;
  private int firstChannels;
  private int rate;
  private double secondsBefore;

  /** Samples of each channel at the present rate; {@code secondsBefore} were at other rates. */
  private long samples;

  private long nonFinite;
  private HighPass[] highPasses = {};
  private Resampler[] resamplers = {};
  private float[] mixed = {};
  private boolean begun;

  Conditioner(
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
  public void format(int newRate, int channels) throws DecodeException {
    if (newRate < limits.minRate() || newRate > limits.maxRate()) {
      throw limit(
          "The sampling rate is %d Hz, outside %d to %d Hz (DecoderLimits.withRates).",
          newRate, limits.minRate(), limits.maxRate());
    }
    if (channels > limits.maxChannels()) {
      throw limit(
          "The recording has %d channels, more than %d (DecoderLimits.withMaxChannels).",
          channels, limits.maxChannels());
    }
    if (firstRate == 0) {
      firstRate = newRate;
      firstChannels = channels;
    }
    if (rate != newRate) {
      flush();
      secondsBefore = decodedSeconds();
      samples = 0;
      rate = newRate;
      highPasses = new HighPass[highPassed ? streams() : 0];
      for (int stream = 0; stream < highPasses.length; stream++) {
        highPasses[stream] = new HighPass(newRate);
      }
      resamplers = new Resampler[newRate == outputRate ? 0 : streams()];
      for (int stream = 0; stream < resamplers.length; stream++) {
        resamplers[stream] = new Resampler(newRate, outputRate);
      }
    }
  }

  @Override
  public void block(float[][] planes, int length) throws DecodeException {
    deadline.check();
    samples += length;
    if (decodedSeconds() > limits.maxSeconds()) {
      throw limit(
          "The recording is longer than %s s (DecoderLimits.withMaxSeconds).", limits.maxSeconds());
    }
    for (float[] plane : planes) {
      scrub(plane, length);
    }
    if (!begun && length > 0) {
      begun = true;
      sink.begin(streams());
    }
    if (mode == ChannelMode.MIX) {
      push(0, planes.length == 1 ? planes[0] : mean(planes, length), length);
      return;
    }
    for (int stream = 0; stream < firstChannels; stream++) {
      // A source whose channels become fewer on the way goes on with its last one.
      push(stream, planes[Math.min(stream, planes.length - 1)], length);
    }
  }

  /** Pushes what the filters still hold. */
  void flush() throws DecodeException {
    for (int stream = 0; stream < highPasses.length; stream++) {
      int channel = stream;
      highPasses[stream].finish((block, length) -> resample(channel, block, length));
    }
    highPasses = new HighPass[0];
    for (int stream = 0; stream < resamplers.length; stream++) {
      int channel = stream;
      resamplers[stream].finish((block, length) -> sink.accept(channel, block, length));
    }
    resamplers = new Resampler[0];
  }

  int sourceRate() {
    return firstRate;
  }

  int sourceChannels() {
    return firstChannels;
  }

  double decodedSeconds() {
    return rate == 0 ? 0 : secondsBefore + (double) samples / rate;
  }

  boolean anySamples() {
    return begun;
  }

  long nonFiniteSamples() {
    return nonFinite;
  }

  private int streams() {
    return mode == ChannelMode.MIX ? 1 : firstChannels;
  }

  private void push(int stream, float[] plane, int length) throws DecodeException {
    if (highPasses.length > 0) {
      // Before the resampler, which would ring where an offset begins and ends.
      highPasses[stream].accept(plane, length, (block, count) -> resample(stream, block, count));
    } else {
      resample(stream, plane, length);
    }
  }

  private void resample(int stream, float[] plane, int length) throws DecodeException {
    if (resamplers.length > 0) {
      resamplers[stream].accept(plane, length, (block, count) -> sink.accept(stream, block, count));
      return;
    }
    if (length <= AudioDecoder.MAX_BLOCK) {
      if (length > 0) {
        sink.accept(stream, plane, length);
      }
      return;
    }
    float[] part = new float[AudioDecoder.MAX_BLOCK];
    for (int from = 0; from < length; from += part.length) {
      int count = Math.min(part.length, length - from);
      System.arraycopy(plane, from, part, 0, count);
      sink.accept(stream, part, count);
    }
  }

  private float[] mean(float[][] planes, int length) {
    if (mixed.length < length) {
      mixed = new float[length];
    }
    float share = 1f / planes.length;
    for (int i = 0; i < length; i++) {
      float sum = planes[0][i];
      for (int channel = 1; channel < planes.length; channel++) {
        sum += planes[channel][i];
      }
      mixed[i] = sum * share;
    }
    return mixed;
  }

  private void scrub(float[] plane, int length) {
    for (int i = 0; i < length; i++) {
      // False for NaN, too.
      if (!(Math.abs(plane[i]) <= LARGEST)) {
        plane[i] = 0;
        nonFinite++;
      }
    }
  }

  private static DecodeException limit(String format, Object... values) {
    return new DecodeException(FailureKind.LIMIT, String.format(Locale.ROOT, format, values));
  }
}
