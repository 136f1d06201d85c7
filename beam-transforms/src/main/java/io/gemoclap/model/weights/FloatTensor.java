package io.gemoclap.model.weights;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.sdk.annotations.Internal;

/**
 * A float32 tensor in Java memory, row-major: what a checkpoint holds before an engine takes it.
 *
 * @param values all values; the product of {@code shape} long
 * @param shape the dimensions, outermost first; empty for a scalar
 * @hidden
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between file and engine, never compared
@Internal
public record FloatTensor(float[] values, long[] shape) {
  /**
   * Returns the tensor if all its values are finite.
   *
   * @throws IOException naming file and tensor
   */
  FloatTensor requireFinite(Path file, String name) throws IOException {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IOException(
            "%s: %s has a value that is not finite (%s, value %s of %s); its training diverged or"
                    .formatted(file, Excerpt.text(name), values[i], i + 1, values.length)
                + " the file is damaged: download it again or use other weights");
      }
    }
    return this;
  }

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
