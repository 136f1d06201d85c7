package io.gemoclap.audio.pcm;

import java.util.Arrays;

/** A sink that keeps the samples of the first channel. */
public final class Collected implements SampleSink {
  private float[] samples = new float[1 << 16];
  private int length;
  private int channels;

  /** What the decoder said at the end; null before. */
  public DecodeReport report;

  @Override
  public void begin(int streams) {
    channels = streams;
  }

  @Override
  public void accept(int channel, float[] block, int count) {
    if (channel != 0) {
      return;
    }
    if (length + count > samples.length) {
      samples = Arrays.copyOf(samples, Math.max(length + count, 2 * length));
    }
    System.arraycopy(block, 0, samples, length, count);
    length += count;
  }

  /** All samples of the first channel. */
  public float[] samples() {
    return Arrays.copyOf(samples, length);
  }

  int channels() {
    return channels;
  }
}
