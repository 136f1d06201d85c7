package io.gemoclap.model.checkpoint;

/**
 * A float32 tensor in Java memory, row-major: what a checkpoint holds before an engine takes it.
 *
 * @param values all values; the product of {@code shape} long
 * @param shape the dimensions, outermost first; empty for a scalar
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between file and engine, never compared
public record FloatTensor(float[] values, long[] shape) {
  /** Checks that shape and length agree. */
  public FloatTensor {
    long size = 1;
    for (long dimension : shape) {
      size = Math.multiplyExact(size, dimension);
    }
    if (size != values.length) {
      throw new IllegalArgumentException(
          "A tensor of " + size + " values was given " + values.length);
    }
  }
}
