package io.gemoclap.audio;

import com.google.common.math.IntMath;
import java.util.Arrays;

/**
 * Changes the sampling rate of a stream, block by block, with linear phase and no delay.
 *
 * <p>{@code n} samples become {@code round(n * out / in)}; the result does not depend on the sizes
 * of the blocks. Not thread-safe: one object serves one stream.
 */
final class Resampler {
  /** Takes the output; the array is used again for the next block. */
  interface Output {
    void accept(float[] samples, int length) throws DecodeException;
  }

  private static final int CHUNK = 8_192;

  private final int up;
  private final int down;
  private final ResamplingFilter filter;
  private final int half;
  private final float[] out = new float[AudioDecoder.MAX_BLOCK];
  private final float[] history;

  /** Samples in {@code history}; the first of them is input sample {@code origin}. */
  private int held;

  private long origin;
  private long received;
  private long produced;

  /** The next output lies at input sample {@code centre + phase / up}. */
  private long centre;

  private int phase;
  private int ready;

  Resampler(int inputRate, int outputRate) {
    int divisor = IntMath.gcd(inputRate, outputRate);
    up = outputRate / divisor;
    down = inputRate / divisor;
    filter = ResamplingFilter.of(inputRate, outputRate);
    half = filter.taps() / 2;
    history = new float[filter.taps() + CHUNK];
    // Half a filter of silence lies before the first sample.
    held = half;
    origin = -half;
  }

  void accept(float[] samples, int length, Output output) throws DecodeException {
    for (int from = 0; from < length; from += CHUNK) {
      int count = Math.min(CHUNK, length - from);
      makeRoom(count);
      System.arraycopy(samples, from, history, held, count);
      held += count;
      received += count;
      produce(Long.MAX_VALUE, output);
    }
  }

  /** Gives what is still held back. The object cannot be used any more. */
  void finish(Output output) throws DecodeException {
    long end = roundedLength(received);
    for (int silence = half; silence > 0; silence -= CHUNK) {
      int count = Math.min(CHUNK, silence);
      makeRoom(count);
      Arrays.fill(history, held, held + count, 0);
      held += count;
      produce(end, output);
    }
    if (ready > 0) {
      output.accept(out, ready);
      ready = 0;
    }
  }

  private long roundedLength(long samples) {
    long whole = samples / down;
    long rest = samples % down;
    return whole * up + (rest * up * 2 + down) / (2L * down);
  }

  private void makeRoom(int count) {
    if (held + count <= history.length) {
      return;
    }
    int unused = (int) Math.min(held, Math.max(0, centre - half + 1 - origin));
    System.arraycopy(history, unused, history, 0, held - unused);
    held -= unused;
    origin += unused;
  }

  private void produce(long end, Output output) throws DecodeException {
    int stepWhole = down / up;
    int stepPhase = down % up;
    // The taps of an output reach from centre - half + 1 to centre + half.
    while (centre + half < origin + held && produced < end) {
      out[ready++] = filter.at(history, (int) (centre - half + 1 - origin), phase);
      produced++;
      centre += stepWhole;
      phase += stepPhase;
      if (phase >= up) {
        phase -= up;
        centre++;
      }
      if (ready == out.length) {
        output.accept(out, ready);
        ready = 0;
      }
    }
  }
}
