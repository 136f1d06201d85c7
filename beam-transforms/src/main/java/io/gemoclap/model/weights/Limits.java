package io.gemoclap.model.weights;

import java.util.Arrays;

/** Limits that no valid file of weights exceeds. */
final class Limits {
  /** Bytes of a header, an index or a pickle: all that is read at once. */
  static final int DESCRIPTION = 16 << 20;

  /** Tensors of one file. */
  static final int TENSORS = 100_000;

  private static final int RANK = 8;

  /** Values of one tensor: what one Java array holds. */
  private static final long VALUES = Integer.MAX_VALUE - 8;

  private Limits() {}

  /**
   * Number of values of a tensor.
   *
   * @throws IllegalArgumentException for a shape that is negative or too large
   */
  static long count(String name, long[] shape) {
    boolean possible = shape.length <= RANK;
    long count = 1;
    for (int i = 0; possible && i < shape.length; i++) {
      possible = shape[i] >= 0 && shape[i] <= VALUES;
      count = possible ? count * shape[i] : count;
      possible &= count <= VALUES;
    }
    if (!possible) {
      String text = shape.length <= RANK ? Arrays.toString(shape) : shape.length + " dimensions";
      throw new IllegalArgumentException(
          name + " claims the shape " + text + "; a tensor has at most " + VALUES + " values");
    }
    return count;
  }
}
