package io.gemoclap.audio.decode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Makes DSDIFF files: one bit a sample at 2.8 MHz, as SACDs have it. */
final class DsdiffFile {
  static final int RATE = 2_822_400;

  private DsdiffFile() {}

  /** A sine of one channel. */
  static byte[] sine(double hertz, double amplitude, double seconds) {
    byte[] bits = new byte[(int) (seconds * RATE / 8)];
    double error = 0;
    for (int i = 0; i < bits.length * 8; i++) {
      double wanted = amplitude * Math.sin(2 * Math.PI * hertz * i / RATE) + error;
      boolean up = wanted >= 0;
      error = wanted - (up ? 1 : -1);
      bits[i / 8] |= (byte) (up ? 0x80 >> (i % 8) : 0);
    }
    ByteBuffer properties = ByteBuffer.allocate(64);
    properties.put(ascii("SND "));
    chunk(properties, "FS  ", 4).putInt(RATE);
    chunk(properties, "CHNL", 6).putShort((short) 1).put(ascii("C000"));
    chunk(properties, "CMPR", 6).put(ascii("DSD ")).put((byte) 0).put((byte) 0);
    properties.flip();
    int size = 4 + 12 + 4 + 12 + properties.limit() + 12 + bits.length;
    ByteBuffer file = ByteBuffer.allocate(12 + size);
    chunk(file, "FRM8", size).put(ascii("DSD "));
    chunk(file, "FVER", 4).putInt(0x01050000);
    chunk(file, "PROP", properties.limit()).put(properties);
    chunk(file, "DSD ", bits.length).put(bits);
    return file.array();
  }

  private static ByteBuffer chunk(ByteBuffer into, String name, int size) {
    return into.put(ascii(name)).putLong(size);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
