package io.gemoclap.audio.signal;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.SampleSink;
import java.util.Arrays;

/**
 * Changes the sampling rate of a stream, block by block, with linear phase and no delay.
 *
 * <p>A {@link ResamplingFilter} removes what the lower rate cannot hold, by Fourier transforms of
 * overlapping blocks; the transform back gives the input's rate, doubled or halved some times.
 * Where that is no multiple of the output's rate, an {@link Interpolator} computes the outputs.
 *
 * <p>{@code n} samples become {@code round(n * out / in)}; the result does not depend on the sizes
 * of the blocks. Not thread-safe: one object serves one stream.
 */
final class Resampler {
  /** Takes the output; the array is used again for the next block. */
  interface Output {
    void accept(float[] samples, int length) throws DecodeException;
  }

  private final int inputRate;
  private final int outputRate;
  private final ResamplingFilter filter;
  private final RealTransform forward;
  private final RealTransform inverse;

  /** Inputs of the next transform, of which {@link #held} are known. */
  private final float[] block;

  private final float[] spectrum;
  private final float[] filtered;
  private final float[] result;
  private int held;
  private long received;

  /** From one output to the next there are {@code step + remainder / up} filtered samples. */
  private final int step;

  private final int remainder;
  private final int up;
  private final Interpolator interpolator;

  /** Filtered samples from the first on that an output still needs. */
  private final float[] fine;

  private int fineHeld;

  /** Where the inputs of the next output begin among them, and its phase. */
  private int at;

  private int phase;

  private final float[] out = new float[SampleSink.MAX_BLOCK];
  private long produced;

  Resampler(int inputRate, int outputRate, RealTransform.Factory transforms) {
    this.inputRate = inputRate;
    this.outputRate = outputRate;
    filter = ResamplingFilter.of(inputRate, outputRate);
    int size = filter.size();
    int resultSize = filter.scaled(size);
    forward = transforms.ofSize(size);
    inverse = transforms.ofSize(resultSize);
    block = new float[size];
    spectrum = new float[size + 2];
    filtered = new float[resultSize + 2];
    result = new float[resultSize];
    up = filter.up();
    step = filter.down() / up;
    remainder = filter.down() % up;
    interpolator = new Interpolator(up);
    fine = new float[resultSize + step + Interpolator.TAPS + 1];
    // Silence lies before the first sample.
    held = filter.reach();
    fineHeld = Interpolator.BEFORE;
  }

  void accept(float[] samples, int length, Output output) throws DecodeException {
    received += length;
    for (int from = 0; from < length; ) {
      int count = Math.min(length - from, block.length - held);
      System.arraycopy(samples, from, block, held, count);
      held += count;
      from += count;
      if (held == block.length) {
        produce(Long.MAX_VALUE, output);
      }
    }
  }

  /** Gives what is still held back. The object cannot be used any more. */
  void finish(Output output) throws DecodeException {
    long seconds = received / inputRate;
    long rest = received % inputRate;
    long end = seconds * outputRate + (rest * outputRate * 2 + inputRate) / (2L * inputRate);
    while (produced < end) {
      Arrays.fill(block, held, block.length, 0);
      produce(end, output);
    }
  }

  private void produce(long end, Output output) throws DecodeException {
    forward.forward(block, spectrum);
    filter.apply(spectrum, filtered);
    inverse.inverse(filtered, result);
    int reach = filter.reach();
    held = 2 * reach;
    System.arraycopy(block, block.length - held, block, 0, held);
    int skipped = filter.scaled(reach);
    int count = result.length - 2 * skipped;
    System.arraycopy(result, skipped, fine, fineHeld, count);
    fineHeld += count;
    emit(end, output);
    int used = Math.min(at, fineHeld);
    System.arraycopy(fine, used, fine, 0, fineHeld - used);
    fineHeld -= used;
    at -= used;
  }

  /** Computes the outputs whose inputs have all been filtered. */
  private void emit(long end, Output output) throws DecodeException {
    int count = 1;
    while (count > 0) {
      count = fill((int) Math.min(out.length, end - produced));
      produced += count;
      if (count > 0) {
        output.accept(out, count);
      }
    }
  }

  private int fill(int most) {
    int next = at;
    int turn = phase;
    int last = fineHeld - Interpolator.TAPS;
    int count = 0;
    if (up == 1) {
      for (; count < most && next <= last; count++, next += step) {
        out[count] = fine[next + Interpolator.BEFORE];
      }
    } else {
      for (; count < most && next <= last; count++) {
        out[count] = interpolator.get(turn, fine, next);
        next += step;
        turn += remainder;
        if (turn >= up) {
          turn -= up;
          next++;
        }
      }
    }
    at = next;
    phase = turn;
    return count;
  }
}
