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

  private final HighPassSections sections;
  private final Ringing ringing;

  /** The first samples, filtered from rest; empty once they have left. */
  private double[] start;

  private boolean released;
  private int held;
  private final double[] filtered = new double[HighPassSections.LARGEST];
  private float[] out = {};

  /**
   * A filter for one stream.
   *
   * @param rate in Hz, above 60
   */
  HighPass(int rate) {
    Biquad[] butterworth = Biquad.butterworthHighPass(CORNER_HZ / rate);
    sections = new HighPassSections(butterworth[0], butterworth[1]);
    ringing = new Ringing(butterworth);
    start = new double[(int) Math.ceil(FITTED_SECONDS * rate)];
  }

  void accept(float[] samples, int length, Output output) throws DecodeException {
    int from = 0;
    while (!released && from < length) {
      int count = Math.min(Math.min(length - from, start.length - held), filtered.length);
      sections.filter(samples, from, count, filtered);
      System.arraycopy(filtered, 0, start, held, count);
      held += count;
      from += count;
      if (held == start.length) {
        release(output);
      }
    }
    int rest = length - from;
    reserve(rest);
    for (int done = 0; done < rest; ) {
      int count = Math.min(rest - done, filtered.length);
      sections.filter(samples, from + done, count, filtered);
      toFloats(filtered, count, done);
      done += count;
    }
    give(rest, output);
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
    toFloats(start, held, 0);
    start = new double[0];
    released = true;
    give(held, output);
  }

  /** Puts filtered samples without the ringing into the output. */
  private void toFloats(double[] values, int count, int to) {
    int i = 0;
    for (; i < count && !ringing.over(); i++) {
      out[to + i] = (float) (values[i] - ringing.next());
    }
    for (; i < count; i++) {
      out[to + i] = (float) values[i];
    }
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
