package io.gemoclap.audio.signal;

import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.SampleSink;

/**
 * The steps from the channels of a stream to its output channels: mixes or keeps channels, removes
 * offsets and rumble, changes the rate. Not thread-safe.
 */
final class SignalChain {
  /** Takes the output; the array is used again for the next block. */
  interface Output {
    void accept(int channel, float[] samples, int length) throws DecodeException;
  }

  private final Preprocessing settings;
  private final Output output;
  private final int width;
  private final ChannelMix mix = new ChannelMix((block, length) -> push(0, block, length));
  private int rate;
  private HighPass[] highPasses = {};
  private Resampler[] resamplers = {};
  private float[] surplus = {};

  /**
   * A chain at the start of a stream.
   *
   * @param width number of output channels
   */
  SignalChain(Preprocessing settings, int width, Output output) {
    this.settings = settings;
    this.width = width;
    this.output = output;
  }

  /** Prepares for blocks of another rate in Hz, after a {@link #flush}, or of other channels. */
  void format(int newRate, int channels) throws DecodeException {
    rate = newRate;
    mix.format(newRate, channels);
  }

  void accept(float[][] planes, int length) throws DecodeException {
    if (settings.mode() == ChannelMode.MIX) {
      mix.accept(planes, length);
    } else {
      split(planes, length);
    }
  }

  /** Channel {@code i} of the source is channel {@code i} of the output, as far as both exist. */
  private void split(float[][] planes, int length) throws DecodeException {
    int last = width - 1;
    for (int channel = 0; channel < width; channel++) {
      if (channel == last && planes.length > width) {
        // A source whose channels become more has the mean of the rest in its last one.
        if (surplus.length < length) {
          surplus = new float[length];
        }
        ChannelMix.mean(planes, last, length, surplus);
        push(channel, surplus, length);
      } else {
        // A source whose channels become fewer continues with its last one.
        push(channel, planes[Math.min(channel, planes.length - 1)], length);
      }
    }
  }

  /** Pushes what the mix, the filters and the resamplers still hold. */
  void flush() throws DecodeException {
    mix.finish();
    for (int channel = 0; channel < highPasses.length; channel++) {
      int to = channel;
      highPasses[channel].finish((block, length) -> resample(to, block, length));
    }
    highPasses = new HighPass[0];
    for (int channel = 0; channel < resamplers.length; channel++) {
      int to = channel;
      resamplers[channel].finish((block, length) -> output.accept(to, block, length));
    }
    resamplers = new Resampler[0];
  }

  /** Seconds in which channels were mixed with turned polarity. */
  double cancelledSeconds() {
    return mix.cancelledSeconds();
  }

  private void push(int channel, float[] plane, int length) throws DecodeException {
    if (!settings.highPassed()) {
      resample(channel, plane, length);
      return;
    }
    if (highPasses.length == 0) {
      highPasses = new HighPass[width];
      for (int i = 0; i < highPasses.length; i++) {
        highPasses[i] = new HighPass(rate);
      }
    }
    // Before the resampler, which would ring where an offset begins and ends.
    highPasses[channel].accept(plane, length, (block, count) -> resample(channel, block, count));
  }

  private void resample(int channel, float[] plane, int length) throws DecodeException {
    if (rate != settings.outputRate()) {
      if (resamplers.length == 0) {
        resamplers = new Resampler[width];
        for (int i = 0; i < resamplers.length; i++) {
          resamplers[i] = new Resampler(rate, settings.outputRate(), settings.transforms());
        }
      }
      resamplers[channel].accept(
          plane, length, (block, count) -> output.accept(channel, block, count));
      return;
    }
    if (length <= SampleSink.MAX_BLOCK) {
      output.accept(channel, plane, length);
      return;
    }
    float[] part = new float[SampleSink.MAX_BLOCK];
    for (int from = 0; from < length; from += part.length) {
      int count = Math.min(part.length, length - from);
      System.arraycopy(plane, from, part, 0, count);
      output.accept(channel, part, count);
    }
  }
}
