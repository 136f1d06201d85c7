package io.gemoclap.audio.container;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.Sections;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the frames of an MP3 file, and checks that they follow each other without a gap, have
 * one format, and are what the file's first frame says of them.
 */
final class MpegFrames {
  private static final int LONGEST_FRAME = 1_441;
  private static final int LONGEST_INFO = 40;
  private static final int[] RATES = {44_100, 48_000, 32_000};
  private static final int[] KBITS = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] KBITS_LOW = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };

  /** A frame of 8 kbit/s, the lowest rate, has this many bytes a second. */
  private static final int FEWEST_BYTES_A_SECOND = 1_000;

  private static final int COUNTED = 1;
  private static final int SIZED = 2;

  private final ScanBuffer scan;
  private final int format;
  private final int rate;
  private final int channels;
  private final boolean low;
  private final int frameSamples;

  /** The first frame if it describes the file and has no samples. */
  private byte @Nullable [] info;

  private int infoAt;
  private int infoFlags;

  private MpegFrames(ScanBuffer scan, int header) {
    this.scan = scan;
    this.format = header & FORMAT;
    int version = header >> 19 & 3;
    low = version != 3;
    rate = RATES[header >> 10 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
    channels = isMono(header) ? 1 : 2;
    frameSamples = low ? 576 : 1_152;
  }

  /** The bits of a header that say version, layer and rate. */
  private static final int FORMAT = 0xFFFE0C00;

  private static boolean isMono(int header) {
    return (header >> 6 & 3) == 3;
  }

  static List<SectionEntry> sections(ByteSource recording, Sections sections)
      throws DecodeException, IOException {
    ScanBuffer scan = new ScanBuffer(recording);
    boolean may = scan.size() >= (long) FEWEST_BYTES_A_SECOND * sections.seconds();
    if (!may || !scan.load(0, LONGEST_FRAME)) {
      return List.of();
    }
    int first = header(scan, 0);
    // Layer III, and no reserved version, rate or bit rate.
    boolean known =
        (first & 0xFFE60000) == 0xFFE20000
            && (first >> 19 & 3) != 1
            && (first >> 10 & 3) != 3
            && (first >> 12 & 15) != 0
            && (first >> 12 & 15) != 15;
    return known ? new MpegFrames(scan, first).walk(sections) : List.of();
  }

  private static int header(ScanBuffer scan, long position) {
    return scan.at(position) << 24
        | scan.at(position + 1) << 16
        | scan.at(position + 2) << 8
        | scan.at(position + 3);
  }

  private List<SectionEntry> walk(Sections sections) throws DecodeException, IOException {
    if (!readInfo() || isShort(sections)) {
      return List.of();
    }
    long position = info == null ? 0 : info.length;
    SectionEntries entries = new SectionEntries(sections, rate, position);
    long frames = 0;
    while (position < scan.size()) {
      int bytes = frameBytes(position);
      if (bytes == 0) {
        return List.of();
      }
      entries.add(frames * frameSamples, position);
      frames++;
      position += bytes;
    }
    long all = frames;
    return info == null || counted(info) == all
        ? entries.entries(
            all * frameSamples, (sample, start) -> headerOf(all - sample / frameSamples, start))
        : List.of();
  }

  /** Whether the first frame says that there is one section, so that no other need be read. */
  private boolean isShort(Sections sections) {
    return info != null
        && SectionEntries.count(sections, rate, (long) counted(info) * frameSamples) <= 1;
  }

  private int counted(byte[] first) {
    return ByteBuffer.wrap(first).getInt(infoAt + 8);
  }

  /** Bytes of the frame at a position; 0 if there is none that a decoder accepts. */
  private int frameBytes(long position) throws DecodeException, IOException {
    int available = (int) Math.min(LONGEST_FRAME, scan.size() - position);
    if (available < 4 || !scan.load(position, available)) {
      return 0;
    }
    int header = header(scan, position);
    int index = header >> 12 & 15;
    boolean same = (header & FORMAT) == format && isMono(header) == (channels == 1);
    if (!same || index == 0 || index == 15) {
      return 0;
    }
    int kbits = (low ? KBITS_LOW : KBITS)[index];
    int bytes = (low ? 72_000 : 144_000) * kbits / rate + (header >> 9 & 1);
    return bytes <= available && decodable(position, header, bytes) ? bytes : 0;
  }

  /** Whether the frame's side information is as the format allows it. */
  private boolean decodable(long position, int header, int bytes) {
    int side = 4 + ((header >> 16 & 1) == 0 ? 2 : 0);
    int sideBytes = low ? (channels == 1 ? 9 : 17) : (channels == 1 ? 17 : 32);
    if (side + sideBytes > bytes) {
      return false;
    }
    long first = position + side;
    int granules = (low ? 1 : 2) * channels;
    int bit = low ? 8 + channels : channels == 1 ? 9 + 5 + 4 : 9 + 3 + 8;
    for (int i = 0; i < granules; i++) {
      int bigValues = bits(first, bit + 12, 9);
      int switching = bit + 12 + 9 + 8 + (low ? 9 : 4);
      boolean window = bits(first, switching, 1) != 0;
      if (bigValues > 288 || (window && bits(first, switching + 1, 2) == 0)) {
        return false;
      }
      bit = switching + 1 + 22 + (low ? 2 : 3);
    }
    return true;
  }

  private int bits(long first, int from, int count) {
    int value = 0;
    for (int bit = from; bit < from + count; bit++) {
      value = value << 1 | (scan.at(first + bit / 8) >> (7 - bit % 8) & 1);
    }
    return value;
  }

  /** Reads the frame that describes the file; false if it is one that is not understood. */
  private boolean readInfo() throws DecodeException, IOException {
    int bytes = frameBytes(0);
    infoAt = 4 + (low ? (channels == 1 ? 9 : 17) : (channels == 1 ? 17 : 32));
    if (bytes < infoAt + LONGEST_INFO) {
      return bytes > 0;
    }
    String tag = new String(scan.bytes(), infoAt, 4, StandardCharsets.ISO_8859_1);
    String other = new String(scan.bytes(), 4 + 32, 4, StandardCharsets.ISO_8859_1);
    if (tag.equals("Xing") || tag.equals("Info")) {
      info = new byte[bytes];
      System.arraycopy(scan.bytes(), 0, info, 0, bytes);
      infoFlags = ByteBuffer.wrap(info).getInt(infoAt + 4);
      boolean sized = (infoFlags & SIZED) != 0;
      long size = sized ? ByteBuffer.wrap(info).getInt(infoAt + 12) & 0xFFFFFFFFL : 0;
      // Some writers count the bytes without this frame.
      boolean right = !sized || Math.abs(scan.size() - size) <= bytes;
      return (infoFlags & COUNTED) != 0 && right;
    }
    return !other.equals("VBRI");
  }

  /** The first frame of a file with fewer frames. */
  private byte[] headerOf(long frames, long start) {
    if (info == null) {
      return new byte[0];
    }
    ByteBuffer header = ByteBuffer.wrap(info.clone());
    header.putInt(infoAt + 8, (int) frames);
    if ((infoFlags & SIZED) != 0) {
      header.putInt(infoAt + 12, (int) (scan.size() - start + info.length));
    }
    return header.array();
  }
}
