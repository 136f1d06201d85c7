package io.gemoclap.model.weights;

import java.util.Arrays;

/**
 * A tensor of a PyTorch state dict: a strided view on a storage.
 *
 * @param storage the values that several tensors may share
 * @param offset index of the first value in the storage
 * @param shape dimensions, outermost first
 * @param strides distance, in values, between neighbours along each dimension
 */
@SuppressWarnings("ArrayRecordComponent") // a line of a pickle, never compared
record TensorRecord(Storage storage, long offset, long[] shape, long[] strides) {

  /**
   * One-dimensional values in an entry of the archive.
   *
   * @param key name of the entry below {@code data/}
   * @param count number of values that the pickle claims
   */
  record Storage(String key, ElementType type, long count) {}

  /**
   * Checks that the view stays within its storage's claim.
   *
   * @throws IllegalArgumentException naming the tensor
   */
  void check(String name) {
    long count = Limits.count(name, shape);
    boolean fits =
        strides.length == shape.length
            && offset >= 0
            && offset <= storage.count()
            && count <= storage.count();
    long last = offset;
    for (int i = 0; fits && count > 0 && i < shape.length; i++) {
      fits = strides[i] >= 0 && strides[i] <= storage.count();
      last = fits ? last + (shape[i] - 1) * strides[i] : last;
      fits = fits && last < storage.count();
    }
    if (!fits || (count > 0 && last >= storage.count())) {
      throw new IllegalArgumentException(
          name
              + " claims the shape "
              + Arrays.toString(shape)
              + " at offset "
              + offset
              + " with strides "
              + Arrays.toString(strides)
              + ", which leaves its storage of "
              + storage.count()
              + " values");
    }
  }

  /** Number of values of the storage between the first and the last that the view uses. */
  long span() {
    long last = 0;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] == 0) {
        return 0;
      }
      last += (shape[i] - 1) * strides[i];
    }
    return last + 1;
  }

  /** The view's values in row-major order. */
  float[] gather(float[] span, int count) {
    if (rowMajor()) {
      return span;
    }
    float[] values = new float[count];
    long[] index = new long[shape.length];
    int at = 0;
    for (int i = 0; i < count; i++) {
      values[i] = span[at];
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        at += (int) strides[axis];
        if (++index[axis] < shape[axis]) {
          break;
        }
        at -= (int) (shape[axis] * strides[axis]);
        index[axis] = 0;
      }
    }
    return values;
  }

  private boolean rowMajor() {
    long stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      if (shape[axis] != 1 && strides[axis] != stride) {
        return false;
      }
      stride *= shape[axis];
    }
    return true;
  }
}
