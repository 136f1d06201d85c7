package io.gemoclap.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Makes FLAC files of 16-bit samples that are stored as they are, without compression. */
public final class FlacFile {
  private static final int BLOCK = 4_096;

  private FlacFile() {}

  /** A file of one or more channels of equal length. */
  public static byte[] of(int rate, short[]... channels) {
    int samples = channels[0].length;
    ByteBuffer info = ByteBuffer.allocate(42);
    info.put("fLaC".getBytes(StandardCharsets.US_ASCII)).putInt(0x80000022);
    info.putShort((short) BLOCK).putShort((short) BLOCK).putInt(0).putShort((short) 0);
    info.putLong(((long) rate << 44) | ((channels.length - 1L) << 41) | (15L << 36) | samples);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(info.array());
    for (int from = 0, number = 0; from < samples; from += BLOCK, number++) {
      file.writeBytes(frame(number, from, Math.min(BLOCK, samples - from), channels));
    }
    return file.toByteArray();
  }

  private static byte[] frame(int number, int from, int length, short[]... channels) {
    ByteBuffer frame = ByteBuffer.allocate(32 + channels.length * (1 + 2 * length));
    frame.put((byte) 0xFF).put((byte) 0xF8).put((byte) 0x70);
    frame.put((byte) (((channels.length - 1) << 4) | 8));
    putNumber(frame, number);
    frame.putShort((short) (length - 1));
    frame.put((byte) crc(frame, 8, 0x107));
    for (short[] channel : channels) {
      frame.put((byte) 2);
      for (int i = 0; i < length; i++) {
        frame.putShort(channel[from + i]);
      }
    }
    frame.putShort((short) crc(frame, 16, 0x18005));
    byte[] bytes = new byte[frame.position()];
    frame.get(0, bytes);
    return bytes;
  }

  /** A number as UTF-8 writes it, in up to three bytes. */
  private static void putNumber(ByteBuffer frame, int number) {
    if (number < 0x80) {
      frame.put((byte) number);
    } else if (number < 0x800) {
      frame.put((byte) (0xC0 | (number >> 6))).put((byte) (0x80 | (number & 63)));
    } else {
      frame.put((byte) (0xE0 | (number >> 12))).put((byte) (0x80 | ((number >> 6) & 63)));
      frame.put((byte) (0x80 | (number & 63)));
    }
  }

  /** The checksum of what the buffer has, bit by bit. */
  private static int crc(ByteBuffer buffer, int width, int polynomial) {
    int crc = 0;
    for (int i = 0; i < buffer.position(); i++) {
      crc ^= (buffer.get(i) & 0xFF) << (width - 8);
      for (int bit = 0; bit < 8; bit++) {
        crc <<= 1;
        crc = (crc & 1 << width) != 0 ? crc ^ polynomial : crc;
      }
    }
    return crc;
  }
}
