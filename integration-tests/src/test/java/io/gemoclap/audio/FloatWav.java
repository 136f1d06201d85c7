package io.gemoclap.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** WAVE files of 32-bit floats with one channel. */
public final class FloatWav {
  private static final int HEADER = 44;

  private FloatWav() {}

  /** A whole file. */
  public static byte[] of(int rate, float[] samples) {
    int data = Float.BYTES * samples.length;
    ByteBuffer file = ByteBuffer.allocate(HEADER + data).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(HEADER - 8 + data).put(ascii("WAVEfmt ")).putInt(16);
    file.putShort((short) 3).putShort((short) 1).putInt(rate).putInt(Float.BYTES * rate);
    file.putShort((short) Float.BYTES).putShort((short) 32).put(ascii("data")).putInt(data);
    for (float sample : samples) {
      file.putFloat(sample);
    }
    return file.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
