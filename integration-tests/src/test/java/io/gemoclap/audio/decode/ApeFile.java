package io.gemoclap.audio.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/**
 * Makes files of Monkey's Audio, for which there is no free encoder: of digital silence, or of
 * random bits, which the decoder takes for compressed samples.
 */
final class ApeFile {
  private static final int VERSION = 3_990;
  private static final int DESCRIPTOR = 52;
  private static final int HEADER = 24;
  static final int BLOCKS = 512;
  private static final int SILENCE = 3;
  private static final int MORE_FLAGS = 0x80000000;

  private ApeFile() {}

  /**
   * Two frames of digital silence.
   *
   * @param level 1000 (fast) to 5000 (insane)
   */
  static byte[] silence(int level, int channels) {
    ByteBuffer frame = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(MORE_FLAGS).putInt(SILENCE);
    return file(level, channels, frame.array());
  }

  /** Two frames of random bits. */
  static byte[] noise(int level, int channels, long seed) {
    byte[] frame = new byte[8_000];
    new Random(seed).nextBytes(frame);
    // The checksum, whose highest bit would announce flags.
    frame[3] &= 0x7F;
    return file(level, channels, frame);
  }

  private static byte[] file(int level, int channels, byte[] frame) {
    int start = DESCRIPTOR + HEADER + 2 * Integer.BYTES;
    ByteBuffer file = ByteBuffer.allocate(start + 2 * frame.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {'M', 'A', 'C', ' '}).putShort((short) VERSION).putShort((short) 0);
    file.putInt(DESCRIPTOR).putInt(HEADER).putInt(2 * Integer.BYTES).putInt(0);
    file.putInt(2 * frame.length).putInt(0).putInt(0).put(new byte[16]);
    file.putShort((short) level).putShort((short) (1 << 5)).putInt(BLOCKS).putInt(BLOCKS);
    file.putInt(2).putShort((short) 16).putShort((short) channels).putInt(16_000);
    file.putInt(start).putInt(start + frame.length).put(frame).put(frame);
    return file.array();
  }
}
