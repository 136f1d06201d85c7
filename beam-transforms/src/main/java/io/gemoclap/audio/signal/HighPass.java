package io.gemoclap.audio.signal;

import io.gemoclap.audio.pcm.DecodeException;

/**
 * Removes inaudible signals from one stream: a constant offset, slow drift and rumble. A
 * Butterworth filter of fourth order at 30 Hz: it lowers 5 Hz by 62 dB and 60 Hz, the lowest
 * voices, by 0.02 dB.
 *
 * <p>The samples before the first one are unknown. The filter assumes the past that leaves the
 * least energy in the first 50 ms, so that a recording with an offset does not begin with a thump.
 * For an offset or a straight drift, this past is the true one.
 *
 * <p>The output has the length of the input and does not depend on the sizes of the blocks. The
 * first 50 ms are held back until they are complete. Not thread-safe: one object serves one stream.
 */
final class HighPass {
  /** Takes the output; the array is used again for the next block. */
  interface Output {
    void accept(float[] samples, int length) throws DecodeException;
  }

  static final double CORNER_HZ = 30;

  private static final double FITTED_SECONDS = 0.05;
  private static final int SETTLED_EVERY = 1_024;

  private final Biquad[] sections;
  private final Ringing ringing;

  /** The first samples, filtered from rest; empty once they have left. */
  private double[] start;

  private boolean released;
  private int held;
  private long filtered;
  private float[] out = {};

  /**
   * A filter for one stream.
   *
   * @param rate in Hz, above 60
   */
  HighPass(int rate) {
    sections = Biquad.butterworthHighPass(CORNER_HZ / rate);
    ringing = new Ringing(sections);
    start = new double[(int) Math.ceil(FITTED_SECONDS * rate)];
  }

  void accept(float[] samples, int length, Output output) throws DecodeException {
    int from = 0;
    if (!released) {
      while (from < length && held < start.length) {
        start[held++] = filter(samples[from++]);
      }
      if (held < start.length) {
        return;
      }
      release(output);
    }
    int count = length - from;
    reserve(count);
    for (int i = 0; i < count; i++) {
      out[i] = (float) (filter(samples[from + i]) - ringing.next());
    }
    give(count, output);
  }

  /** Gives what is still held back. The object cannot be used any more. */
  void finish(Output output) throws DecodeException {
    if (!released) {
      release(output);
    }
  }

  private void release(Output output) throws DecodeException {
    ringing.fit(start, held);
    reserve(held);
    for (int i = 0; i < held; i++) {
      out[i] = (float) (start[i] - ringing.next());
    }
    start = new double[0];
    released = true;
    give(held, output);
  }

  private double filter(double sample) {
    double value = sample;
    for (Biquad section : sections) {
      value = section.next(value);
    }
    if (++filtered % SETTLED_EVERY == 0) {
      for (Biquad section : sections) {
        section.settle();
      }
    }
    return value;
  }

  private void reserve(int count) {
    if (out.length < count) {
      out = new float[count];
    }
  }

  private void give(int count, Output output) throws DecodeException {
    if (count > 0) {
      output.accept(out, count);
    }
  }
}
