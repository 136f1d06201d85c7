package io.gemoclap.audio.segment;

import java.util.Arrays;

/** The most recent samples of a stream, addressed by their index in the recording. */
final class SampleBuffer {
  private float[] samples = new float[4_096];
  private int held;
  private long origin;

  /** A buffer for a stream that begins with the first sample of the recording. */
  SampleBuffer() {
    this(0);
  }

  /** A buffer for a stream that begins with the sample of this index. */
  SampleBuffer(long origin) {
    this.origin = origin;
  }

  /** Index of the oldest sample that is still here. */
  long start() {
    return origin;
  }

  /** Index of the sample that comes next. */
  long end() {
    return origin + held;
  }

  void append(float[] block, int length) {
    if (held + length > samples.length) {
      samples = Arrays.copyOf(samples, Math.max(held + length, 2 * held));
    }
    System.arraycopy(block, 0, samples, held, length);
    held += length;
  }

  /** Forgets all samples before an index. */
  void dropBefore(long index) {
    int unused = (int) Math.max(0, Math.min(held, index - origin));
    // Moving the rest is worth it once it is the smaller part.
    if (unused > held / 2) {
      System.arraycopy(samples, unused, samples, 0, held - unused);
      held -= unused;
      origin += unused;
    }
  }

  /** A copy of the samples from one index to before another. */
  float[] copy(long from, long to) {
    return Arrays.copyOfRange(samples, (int) (from - origin), (int) (to - origin));
  }
}
