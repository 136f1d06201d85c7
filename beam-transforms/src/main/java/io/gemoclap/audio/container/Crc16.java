package io.gemoclap.audio.container;

/** The checksum of a FLAC frame: polynomial 0x8005, the highest bit first, four bytes at a time. */
final class Crc16 {
  private static final int[][] TABLES = tables();

  private Crc16() {}

  /**
   * Continues a checksum.
   *
   * @param crc the checksum so far; 0 at first
   */
  static int of(int crc, byte[] bytes, int from, int to) {
    int value = crc;
    int at = from;
    for (; at + 4 <= to; at += 4) {
      value =
          TABLES[3][(value >> 8 ^ bytes[at]) & 0xFF]
              ^ TABLES[2][(value ^ bytes[at + 1]) & 0xFF]
              ^ TABLES[1][bytes[at + 2] & 0xFF]
              ^ TABLES[0][bytes[at + 3] & 0xFF];
    }
    for (; at < to; at++) {
      value = (value << 8 & 0xFFFF) ^ TABLES[0][(value >> 8 ^ bytes[at]) & 0xFF];
    }
    return value;
  }

  private static int[][] tables() {
    int[][] tables = new int[4][256];
    for (int i = 0; i < 256; i++) {
      int crc = i << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x18005 : crc << 1;
      }
      tables[0][i] = crc;
    }
    for (int table = 1; table < 4; table++) {
      for (int i = 0; i < 256; i++) {
        int before = tables[table - 1][i];
        tables[table][i] = (before << 8 & 0xFFFF) ^ tables[0][before >> 8];
      }
    }
    return tables;
  }
}
