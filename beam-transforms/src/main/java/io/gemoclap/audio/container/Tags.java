package io.gemoclap.audio.container;

import io.gemoclap.audio.pcm.DecodeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Finds tags of music players (ID3, APE, Lyrics3), which may stand around a file of any format. */
final class Tags {
  private static final int HEAD = 32;
  private static final int ID3V2_HEADER = 10;
  private static final int ID3V2_FOOTER_FLAG = 0x10;
  private static final int ID3V1 = 128;
  private static final int ID3V1_EXTENDED = 227;
  private static final int APE = 32;
  private static final int MAX_TAGS = 8;

  private Tags() {}

  /** Length in bytes of the tag at a position; 0 if there is none. */
  static long leading(ByteSource file, long position) throws DecodeException, IOException {
    ByteBuffer head = file.bytes(position, HEAD, ByteOrder.BIG_ENDIAN);
    String text = StandardCharsets.ISO_8859_1.decode(head.duplicate()).toString();
    long rest = file.size() - position;
    if (text.startsWith("ID3") && text.length() >= ID3V2_HEADER) {
      return Math.min(rest, id3v2(file, position, head));
    }
    if (text.startsWith("APETAGEX") && text.length() == HEAD) {
      return Math.min(rest, APE + apeBody(head));
    }
    // ID3v1 is at the end of a file, unless the file is nothing else.
    return text.startsWith("TAG") && rest == ID3V1 ? rest : 0;
  }

  /** The size has seven bits in each byte; some writers use all eight. */
  private static long id3v2(ByteSource file, long position, ByteBuffer head)
      throws DecodeException, IOException {
    long narrow = 0;
    for (int i = 6; i < ID3V2_HEADER; i++) {
      narrow = (narrow << 7) | (head.get(i) & 0x7F);
    }
    boolean footer = (head.get(5) & ID3V2_FOOTER_FLAG) != 0;
    long end = ID3V2_HEADER + narrow + (footer ? ID3V2_HEADER : 0);
    long wide = ID3V2_HEADER + (head.getInt(6) & 0xFFFFFFFFL);
    boolean known = known(file, position + end);
    return !known && wide != end && known(file, position + wide) ? wide : end;
  }

  private static boolean known(ByteSource file, long position) throws DecodeException, IOException {
    ByteBuffer head = file.bytes(position, Magic.BYTES, ByteOrder.BIG_ENDIAN);
    return head.hasRemaining() && Magic.of(head) != Magic.UNKNOWN;
  }

  private static long apeBody(ByteBuffer head) {
    return head.order(ByteOrder.LITTLE_ENDIAN).getInt(12) & 0xFFFFFFFFL;
  }

  /** Where a file ends without the tags at its end, which begin at {@code start} or later. */
  static long endWithout(ByteSource file, long start) throws DecodeException, IOException {
    long end = file.size();
    for (int tags = 0; tags < MAX_TAGS; tags++) {
      long length = trailing(file, end);
      if (length == 0 || end - length < start) {
        break;
      }
      end -= length;
    }
    return end;
  }

  /** Length in bytes of the tag that ends at a position; 0 if there is none. */
  private static long trailing(ByteSource file, long end) throws DecodeException, IOException {
    int length = (int) Math.min(end, ID3V1 + ID3V1_EXTENDED);
    ByteBuffer tail = file.bytes(end - length, length, ByteOrder.BIG_ENDIAN);
    String text = StandardCharsets.ISO_8859_1.decode(tail.duplicate()).toString();
    if (text.startsWith("TAG", length - ID3V1)) {
      return text.startsWith("TAG+") && length == ID3V1 + ID3V1_EXTENDED ? length : ID3V1;
    }
    if (text.endsWith("LYRICS200") && length >= 15) {
      String size = text.substring(length - 15, length - 9);
      return size.matches("\\d{6}") ? Long.parseLong(size) + 15 : 0;
    }
    if (text.startsWith("APETAGEX", length - APE)) {
      tail.position(length - APE);
      ByteBuffer footer = tail.slice().order(ByteOrder.LITTLE_ENDIAN);
      boolean header = (footer.getInt(20) & 0x80000000) != 0;
      return apeBody(footer) + (header ? APE : 0);
    }
    if (text.startsWith("3DI", length - ID3V2_HEADER)) {
      long body = 0;
      for (int i = 6; i < ID3V2_HEADER; i++) {
        body = (body << 7) | (tail.get(length - ID3V2_HEADER + i) & 0x7F);
      }
      return body + 2 * ID3V2_HEADER;
    }
    return 0;
  }
}
