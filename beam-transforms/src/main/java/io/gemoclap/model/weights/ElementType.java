package io.gemoclap.model.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/**
 * How a file stores the values of a tensor, little-endian. Real numbers can be read. A file may
 * also contain integers, such as the position ids of some checkpoints, but they cannot be read.
 */
enum ElementType {
  F64(8, true),
  F32(4, true),
  F16(2, true),
  BF16(2, true),
  I64(8, false),
  I32(4, false),
  I16(2, false),
  I8(1, false),
  U8(1, false),
  BOOL(1, false);

  private static final int BLOCK_BYTES = 1 << 18;

  private final int bytes;
  private final boolean real;

  ElementType(int bytes, boolean real) {
    this.bytes = bytes;
    this.real = real;
  }

  /** Size of one value. */
  int bytes() {
    return bytes;
  }

  /** Whether values can be read as float32. */
  boolean real() {
    return real;
  }

  /**
   * Reads {@code count} values, block by block.
   *
   * @throws EOFException when the source ends before
   */
  float[] read(ReadableByteChannel source, int count) throws IOException {
    float[] values = new float[count];
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int done = 0;
    while (done < count) {
      int next = Math.min(count - done, BLOCK_BYTES / bytes);
      block.clear().limit(next * bytes);
      while (block.hasRemaining()) {
        if (source.read(block) < 0) {
          throw new EOFException("it ends after " + done + " of " + count + " values");
        }
      }
      widen(block.flip(), values, done, next);
      done += next;
    }
    return values;
  }

  private void widen(ByteBuffer block, float[] values, int start, int count) {
    switch (this) {
      case F32 -> block.asFloatBuffer().get(values, start, count);
      case F64 -> {
        for (int i = 0; i < count; i++) {
          values[start + i] = (float) block.getDouble();
        }
      }
      case F16 -> {
        for (int i = 0; i < count; i++) {
          values[start + i] = halfToFloat(block.getShort());
        }
      }
      case BF16 -> {
        for (int i = 0; i < count; i++) {
          values[start + i] = Float.intBitsToFloat(block.getShort() << 16);
        }
      }
      default -> throw new IllegalStateException(this + " holds no real numbers");
    }
  }

  private static float halfToFloat(short half) {
    int exponent = (half >> 10) & 0x1f;
    int fraction = half & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Float.intBitsToFloat(((exponent + 112) << 23) | (fraction << 13));
        };
    return half < 0 ? -magnitude : magnitude;
  }
}
