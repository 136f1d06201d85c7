package io.gemoclap.audio.container;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.Sections;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Walks over the frames of a FLAC file, and checks that they follow each other without a gap and
 * have the right checksums.
 */
final class FlacFrames {
  private static final int STREAM_INFO = 42;
  private static final int LONGEST_HEADER = 16;
  private static final int[] RATES = {
    88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000
  };
  private static final int[] BITS = {0, 8, 12, -1, 16, 20, 24, 32};

  private final ScanBuffer scan;
  private final byte[] header;
  private final int rate;
  private final int channels;
  private final int bits;
  private final long total;
  private final int blockSize;

  /** The number in the header of the next frame, and what it is counted in. */
  private long samples;

  private long frames;
  private int strategy = -1;

  /** Of the header that was read last: its length and the samples of its frame. */
  private int headerBytes;

  private int headerSamples;

  private FlacFrames(ByteSource recording, ByteBuffer info) throws IOException {
    scan = new ScanBuffer(recording);
    header = new byte[STREAM_INFO];
    info.get(0, header);
    // No other block follows.
    header[4] = (byte) 0x80;
    blockSize = info.getShort(10) & 0xFFFF;
    long fields = info.getLong(18);
    rate = (int) (fields >>> 44);
    channels = (int) (fields >>> 41 & 7) + 1;
    bits = (int) (fields >>> 36 & 31) + 1;
    total = fields & 0xFFFFFFFFFL;
  }

  static List<SectionEntry> sections(ByteSource recording, Sections sections)
      throws DecodeException, IOException {
    ByteBuffer info = recording.bytes(0, STREAM_INFO, ByteOrder.BIG_ENDIAN);
    boolean known = info.remaining() == STREAM_INFO && (info.getInt(4) & 0x7FFFFFFF) == 34;
    if (!known) {
      return List.of();
    }
    FlacFrames flac = new FlacFrames(recording, info);
    boolean several = flac.rate > 0 && SectionEntries.count(sections, flac.rate, flac.total) > 1;
    return several ? flac.walk(sections) : List.of();
  }

  private List<SectionEntry> walk(Sections sections) throws DecodeException, IOException {
    long position = 4;
    boolean more = true;
    while (more) {
      if (!scan.load(position, 4)) {
        return List.of();
      }
      more = scan.at(position) < 0x80;
      position +=
          4 + (scan.at(position + 1) << 16 | scan.at(position + 2) << 8 | scan.at(position + 3));
    }
    SectionEntries entries = new SectionEntries(sections, rate, position);
    while (position < scan.size()) {
      if (!isHeader(position)) {
        return List.of();
      }
      entries.add(samples, position);
      int frameSamples = headerSamples;
      samples += frameSamples;
      frames++;
      position = endOfFrame(position, position + headerBytes);
      // Frames of a fixed size are counted, and only the last one may be shorter.
      boolean shortened = strategy == 0 && frameSamples != blockSize;
      if (position < 0 || (shortened && position < scan.size())) {
        return List.of();
      }
    }
    return samples == total
        ? entries.entries(samples, (sample, start) -> header.clone())
        : List.of();
  }

  /** Position after a frame; negative if its checksum is wrong there. */
  private long endOfFrame(long start, long firstCandidate) throws DecodeException, IOException {
    int crc = 0;
    long checked = start;
    long candidate = firstCandidate;
    while (true) {
      scan.load(checked, 1);
      long end = Math.min(scan.end(), scan.size());
      byte[] bytes = scan.bytes();
      while (candidate < end && bytes[scan.index(candidate)] != (byte) 0xFF) {
        candidate++;
      }
      long upTo = Math.min(candidate, end);
      crc = Crc16.of(crc, bytes, scan.index(checked), scan.index(upTo));
      checked = upTo;
      if (checked == scan.size()) {
        return crc == 0 ? checked : -1;
      }
      if (candidate < end) {
        if (crc == 0 && isHeader(candidate)) {
          return candidate;
        }
        candidate++;
      }
    }
  }

  /** Whether the header of the frame that comes next is at a position. */
  private boolean isHeader(long position) throws DecodeException, IOException {
    int wanted = (int) Math.min(LONGEST_HEADER, scan.size() - position);
    if (wanted < 6 || !scan.load(position, wanted)) {
      return false;
    }
    int sync = scan.at(position) << 8 | scan.at(position + 1);
    int blocking = sync & 1;
    if ((sync & 0xFFFE) != 0xFFF8 || (strategy >= 0 && blocking != strategy)) {
      return false;
    }
    int sizeCode = scan.at(position + 2) >> 4;
    int rateCode = scan.at(position + 2) & 15;
    int assignment = scan.at(position + 3) >> 4;
    int bitsCode = scan.at(position + 3) >> 1 & 7;
    int lead = scan.at(position + 4);
    int numberBytes = lead < 0x80 ? 1 : Integer.numberOfLeadingZeros(~(lead << 24));
    int sizeBytes = sizeCode == 6 ? 1 : sizeCode == 7 ? 2 : 0;
    int rateBytes = rateCode == 12 ? 1 : rateCode == 13 || rateCode == 14 ? 2 : 0;
    int length = 4 + numberBytes + sizeBytes + rateBytes + 1;
    boolean valid = numberBytes <= 7 && (lead < 0x80 || numberBytes > 1) && length <= wanted;
    if (!valid || sizeCode == 0 || (scan.at(position + 3) & 1) != 0) {
      return false;
    }
    long number = lead < 0x80 ? lead : lead & (0x7F >> numberBytes);
    for (int i = 1; i < numberBytes; i++) {
      number = number << 6 | (scan.at(position + 4 + i) & 0x3F);
    }
    long after = position + 4 + numberBytes;
    int extra = sizeBytes == 0 ? 0 : number(after, sizeBytes) + 1;
    headerSamples = blockSize(sizeCode, extra);
    headerBytes = length;
    boolean expected =
        number == (blocking == 0 ? frames : samples)
            && rate(rateCode, number(after + sizeBytes, rateBytes)) == rate
            && (assignment < 8 ? assignment + 1 : assignment < 11 ? 2 : 0) == channels
            && (bitsCode == 0 || BITS[bitsCode] == bits)
            && crc8(position, length) == 0;
    if (expected) {
      strategy = blocking;
    }
    return expected;
  }

  private int number(long position, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | scan.at(position + i);
    }
    return value;
  }

  private static int blockSize(int code, int extra) {
    return switch (code) {
      case 1 -> 192;
      case 2, 3, 4, 5 -> 576 << (code - 2);
      case 6, 7 -> extra;
      default -> 256 << (code - 8);
    };
  }

  private int rate(int code, int extra) {
    return switch (code) {
      case 0 -> rate;
      case 12 -> extra * 1_000;
      case 13 -> extra;
      case 14 -> extra * 10;
      case 15 -> 0;
      default -> RATES[code - 1];
    };
  }

  /** Checksum over a header with its own checksum; 0 if that is right. */
  private int crc8(long position, int length) {
    int crc = 0;
    for (int i = 0; i < length; i++) {
      crc ^= scan.at(position + i);
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x80) != 0 ? crc << 1 ^ 0x107 : crc << 1;
      }
    }
    return crc;
  }
}
