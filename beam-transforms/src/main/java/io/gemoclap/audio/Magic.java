package io.gemoclap.audio;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the first bytes of a file say that it is, told apart as far as decoding needs it. */
enum Magic {
  /** RIFF, RIFX, RF64 or BW64 with WAVE inside. */
  WAVE,
  AVI,
  AIFF,
  AU,
  CAF,
  W64,
  SPHERE,
  OGG,
  MPEG_AUDIO,
  /** Any other known container: it can be damaged, but it is not foreign. */
  OTHER_MEDIA,
  UNKNOWN;

  static final int BYTES = 256;

  private static final byte[] ASF_ID = {0x30, 0x26, (byte) 0xB2, 0x75, (byte) 0x8E, 0x66};
  private static final byte[] EBML_ID = {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3};
  private static final String[] OTHER = {
    "fLaC", "caff", "#!AMR", "wvpk", "TTA1", "TTA2", "Creative Voice File", "MPCK", "MP+", "DSD "
  };

  /** Looks at the first {@link #BYTES} bytes of a file, or at all of a shorter one. */
  static Magic of(ByteBuffer head) {
    byte[] bytes = new byte[head.remaining()];
    head.duplicate().get(bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String first = text.length() < 4 ? text : text.substring(0, 4);
    switch (first) {
      case "RIFF", "RIFX", "RF64", "BW64" -> {
        return text.startsWith("AVI ", 8) ? AVI : text.startsWith("WAVE", 8) ? WAVE : UNKNOWN;
      }
      case "FORM" -> {
        return text.startsWith("AIF", 8) ? AIFF : UNKNOWN;
      }
      case ".snd" -> {
        return AU;
      }
      case "caff" -> {
        return CAF;
      }
      case "riff" -> {
        return W64;
      }
      case "OggS" -> {
        return OGG;
      }
      default -> {
        return text.startsWith("NIST_1A") ? SPHERE : other(bytes, text);
      }
    }
  }

  private static Magic other(byte[] bytes, String text) {
    if (text.startsWith("ID3") || mpegFrame(bytes)) {
      return MPEG_AUDIO;
    }
    for (String id : OTHER) {
      if (text.startsWith(id)) {
        return OTHER_MEDIA;
      }
    }
    boolean binary =
        startsWith(bytes, ASF_ID) || startsWith(bytes, EBML_ID) || ac3(bytes) || mpegTs(bytes);
    boolean mp4 = text.startsWith("ftyp", 4) || text.startsWith("moov", 4);
    return binary || mp4 ? OTHER_MEDIA : UNKNOWN;
  }

  /** Eleven or twelve set bits, then a layer, a bit rate and a rate that are not reserved. */
  private static boolean mpegFrame(byte[] bytes) {
    if (bytes.length < 4 || bytes[0] != (byte) 0xFF || (bytes[1] & 0xE0) != 0xE0) {
      return false;
    }
    boolean adts = (bytes[1] & 0xF6) == 0xF0;
    boolean layer = (bytes[1] & 0x06) != 0 && (bytes[1] & 0x18) != 0x08;
    return adts || (layer && (bytes[2] & 0xF0) != 0xF0 && (bytes[2] & 0x0C) != 0x0C);
  }

  private static boolean ac3(byte[] bytes) {
    return bytes.length > 1 && bytes[0] == 0x0B && bytes[1] == 0x77;
  }

  /** Packets of 188 bytes that begin with the same byte. */
  private static boolean mpegTs(byte[] bytes) {
    return bytes.length > 188 && bytes[0] == 0x47 && bytes[188] == 0x47;
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }
}
