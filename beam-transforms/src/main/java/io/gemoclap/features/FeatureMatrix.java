package io.gemoclap.features;

import java.util.Arrays;

/**
 * A {@code frames × dims} matrix of 32-bit floats, one row per frame, equal by content.
 *
 * <p>Immutable by agreement: for speed the matrix shares the array it was made from and the array
 * of {@link #values()}, and neither may be modified. If both are left unmodified, it is
 * thread-safe. Equality compares bits as {@link Arrays#equals(float[], float[])} does: NaN equals
 * NaN.
 */
public final class FeatureMatrix {
  private final int frames;
  private final int dims;
  private final float[] values;

  private FeatureMatrix(int frames, int dims, float[] values) {
    this.frames = frames;
    this.dims = dims;
    this.values = values;
  }

  /**
   * Wraps an array without copying it.
   *
   * @param frames the number of rows, zero or more
   * @param dims the number of columns, one or more
   * @param values the rows one after the other, {@code frames * dims} numbers
   * @throws IllegalArgumentException if the sizes do not fit together
   */
  public static FeatureMatrix of(int frames, int dims, float[] values) {
    if (frames < 0 || dims < 1 || (long) frames * dims != values.length) {
      throw new IllegalArgumentException(
          values.length + " values do not fill a matrix of " + frames + " x " + dims);
    }
    return new FeatureMatrix(frames, dims, values);
  }

  /** The number of rows. */
  public int frames() {
    return frames;
  }

  /** The number of columns. */
  public int dims() {
    return dims;
  }

  /** The rows one after the other: the shared array itself, which must not be written to. */
  public float[] values() {
    return values;
  }

  /**
   * One number.
   *
   * @throws IndexOutOfBoundsException if there is no such frame or column
   */
  public float value(int frame, int dim) {
    if (dim < 0 || dim >= dims) {
      throw new IndexOutOfBoundsException("column " + dim + " of " + dims);
    }
    return values[frame * dims + dim];
  }

  /**
   * A copy of one column, over all frames.
   *
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public float[] column(int dim) {
    float[] column = new float[frames];
    for (int frame = 0; frame < frames; frame++) {
      column[frame] = value(frame, dim);
    }
    return column;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureMatrix that
        && frames == that.frames
        && dims == that.dims
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * frames + dims) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "FeatureMatrix[" + frames + " x " + dims + "]";
  }
}
