package io.gemoclap.audio.signal;

import org.apache.beam.sdk.annotations.Internal;

/**
 * The Fourier transform of a fixed number of real samples, a power of two. Not thread-safe.
 *
 * @hidden
 */
@Internal
public interface RealTransform {
  /**
   * Makes transforms.
   *
   * @hidden
   */
  interface Factory {
    /** A transform of {@code size} samples: a power of two, 8 or more. */
    RealTransform ofSize(int size);
  }

  /** A transform in Java, of {@code size} samples: a power of two, 8 or more. */
  static RealTransform inJava(int size) {
    return new JavaTransform(size);
  }

  /**
   * Transforms samples.
   *
   * @param samples as many as the size
   * @param spectrum takes half the size and one more complex numbers, real and imaginary parts in
   *     turn
   */
  void forward(float[] samples, float[] spectrum);

  /**
   * Transforms back, to {@code size} times the samples.
   *
   * @param spectrum as {@link #forward} gives it; its content may be lost
   */
  void inverse(float[] spectrum, float[] samples);
}
