package io.gemoclap.audio.signal;

import com.google.common.math.IntMath;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.SampleSink;
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

  private static final int BLOCK = 1 << 16;

  /** The ratio in lowest terms: {@code up} outputs lie over {@code down} inputs. */
  private final int up;

  private final int down;
  private final int inputs;
  private final int outputs;
  private final ResamplingFilter filter;
  private final ResamplingFilter.Scratch scratch;

  /** Inputs from the first tap of the next output on. */
  private final float[] history;

  private final float[] out;
  private final float[] part;
  private int held;
  private long received;
  private long produced;

  Resampler(int inputRate, int outputRate) {
    int divisor = IntMath.gcd(inputRate, outputRate);
    up = outputRate / divisor;
    down = inputRate / divisor;
    int groups = Math.max(1, BLOCK / Math.max(up, down));
    inputs = groups * down;
    outputs = groups * up;
    filter = ResamplingFilter.of(inputRate, outputRate);
    scratch = filter.scratch(groups);
    history = new float[inputs + filter.taps()];
    out = new float[outputs];
    part = new float[Math.min(outputs, SampleSink.MAX_BLOCK)];
    // Half a filter of silence lies before the first sample.
    held = filter.taps() / 2 - 1;
  }

  void accept(float[] samples, int length, Output output) throws DecodeException {
    received += length;
    for (int from = 0; from < length; ) {
      int count = Math.min(length - from, history.length - held);
      System.arraycopy(samples, from, history, held, count);
      held += count;
      from += count;
      if (held == history.length) {
        produce(outputs, output);
      }
    }
  }

  /** Gives what is still held back. The object cannot be used any more. */
  void finish(Output output) throws DecodeException {
    long whole = received / down;
    long rest = received % down;
    long end = whole * up + (rest * up * 2 + down) / (2L * down);
    while (produced < end) {
      Arrays.fill(history, held, history.length, 0);
      produce((int) Math.min(outputs, end - produced), output);
    }
  }

  private void produce(int count, Output output) throws DecodeException {
    filter.apply(history, count, out, scratch);
    int kept = Math.max(0, held - inputs);
    System.arraycopy(history, held - kept, history, 0, kept);
    held = kept;
    produced += count;
    for (int from = 0; from < count; from += part.length) {
      int length = Math.min(part.length, count - from);
      System.arraycopy(out, from, part, 0, length);
      output.accept(part, length);
    }
  }
}
