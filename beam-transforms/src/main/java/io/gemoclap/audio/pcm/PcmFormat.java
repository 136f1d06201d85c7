package io.gemoclap.audio.pcm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.beam.sdk.annotations.Internal;

/**
 * How one sample is stored in bytes, and how it becomes a float with 1.0 as full scale.
 *
 * @hidden
 */
@Internal
public enum PcmFormat {
  U8(1),
  S16(2),
  S24(3),
  S32(4),
  S64(8),
  F32(4),
  F64(8),
  ALAW(1),
  MULAW(1);

  private static final float[] ALAW_TABLE = alawTable();
  private static final float[] MULAW_TABLE = mulawTable();

  private final int bytes;

  PcmFormat(int bytes) {
    this.bytes = bytes;
  }

  public int bytes() {
    return bytes;
  }

  public boolean isFloat() {
    return this == F32 || this == F64;
  }

  /**
   * Reads samples that lie {@code stride} bytes apart, in the byte order of the buffer.
   *
   * @param first index of the first byte of the first sample
   */
  public void read(ByteBuffer in, int first, int stride, float[] out, int length) {
    if (length == 0) {
      return;
    }
    int at = first;
    switch (this) {
      case U8 -> {
        for (int i = 0; i < length; i++, at += stride) {
          out[i] = ((in.get(at) & 0xFF) - 128) * 0x1p-7f;
        }
      }
      case S16 -> {
        // One read of all is several times as fast as one for each sample.
        int step = stride / 2;
        short[] samples = new short[(length - 1) * step + 1];
        from(in, first).asShortBuffer().get(samples);
        for (int i = 0; i < length; i++) {
          out[i] = samples[i * step] * 0x1p-15f;
        }
      }
      case S24 -> {
        boolean big = in.order() == ByteOrder.BIG_ENDIAN;
        int top = big ? 0 : 2;
        int low = big ? 2 : 0;
        for (int i = 0; i < length; i++, at += stride) {
          int value =
              (in.get(at + top) << 16) | ((in.get(at + 1) & 0xFF) << 8) | (in.get(at + low) & 0xFF);
          out[i] = value * 0x1p-23f;
        }
      }
      case S32 -> {
        for (int i = 0; i < length; i++, at += stride) {
          out[i] = in.getInt(at) * 0x1p-31f;
        }
      }
      case S64 -> {
        for (int i = 0; i < length; i++, at += stride) {
          out[i] = in.getLong(at) * 0x1p-63f;
        }
      }
      case F32 -> {
        if (stride == Float.BYTES) {
          from(in, first).asFloatBuffer().get(out, 0, length);
          return;
        }
        for (int i = 0; i < length; i++, at += stride) {
          out[i] = in.getFloat(at);
        }
      }
      case F64 -> {
        for (int i = 0; i < length; i++, at += stride) {
          out[i] = (float) in.getDouble(at);
        }
      }
      case ALAW -> lookUp(ALAW_TABLE, in, first, stride, out, length);
      case MULAW -> lookUp(MULAW_TABLE, in, first, stride, out, length);
    }
  }

  private static void lookUp(
      float[] table, ByteBuffer in, int first, int stride, float[] out, int length) {
    byte[] codes = new byte[(length - 1) * stride + 1];
    in.get(first, codes);
    for (int i = 0; i < length; i++) {
      out[i] = table[codes[i * stride] & 0xFF];
    }
  }

  private static ByteBuffer from(ByteBuffer in, int first) {
    return in.duplicate().order(in.order()).position(first);
  }

  /** ITU-T G.711: 13 bits, every other bit inverted, eight segments of sixteen steps. */
  private static float[] alawTable() {
    float[] table = new float[256];
    for (int code = 0; code < 256; code++) {
      int bits = code ^ 0x55;
      int segment = (bits >> 4) & 7;
      int step = (bits & 15) * 2 + 1;
      int level = segment == 0 ? step : (step + 32) << (segment - 1);
      table[code] = ((bits & 0x80) != 0 ? level : -level) * 0x1p-12f;
    }
    return table;
  }

  /** ITU-T G.711: 14 bits, all bits inverted, eight segments with a bias of 33. */
  private static float[] mulawTable() {
    float[] table = new float[256];
    for (int code = 0; code < 256; code++) {
      int bits = ~code & 0xFF;
      int level = (((bits & 15) * 2 + 33) << ((bits >> 4) & 7)) - 33;
      table[code] = ((bits & 0x80) != 0 ? -level : level) * 0x1p-13f;
    }
    return table;
  }
}
