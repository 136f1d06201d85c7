package io.gemoclap.audio.container;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.beam.sdk.annotations.Internal;

/**
 * What the first bytes of a file after its tags say that it is.
 *
 * <p>A kind whose bytes leave no doubt names the demuxer of FFmpeg that reads it, so that FFmpeg
 * does not guess. The others are short marks that occur by chance, too.
 *
 * @hidden
 */
@Internal
public enum Magic {
  /** RIFF, RIFX, RF64 or BW64 with WAVE inside. */
  WAVE("WAVE", "wav"),
  AVI("AVI", "avi"),
  AIFF("AIFF", "aiff"),
  AU("AU", "au"),
  CAF("CAF", "caf"),
  W64("Wave64", "w64"),
  SPHERE("NIST SPHERE", "nistsphere"),
  OGG("Ogg", "ogg"),
  FLAC("FLAC", "flac"),
  MATROSKA("Matroska or WebM", "matroska"),
  ASF("ASF (WMA, WMV)", "asf"),
  MP4("MP4 or QuickTime", "mov"),
  FLV("FLV", "flv"),
  MXF("MXF", "mxf"),
  MPEG_PS("MPEG program stream", "mpeg"),
  AMR("AMR", "amr"),
  APE("Monkey's Audio", "ape"),
  WAVPACK("WavPack", "wv"),
  TTA("True Audio", "tta"),
  MUSEPACK("Musepack"),
  VOC("Creative Voice", "voc"),
  DSF("DSF", "dsf"),
  DSDIFF("DSDIFF", "iff"),
  IFF("IFF 8SVX", "iff"),
  DTS_HD("DTS-HD", "dtshd"),
  DTS("DTS"),
  AC3("AC-3"),
  MPEG_TS("MPEG transport stream"),
  MPEG_AUDIO("MPEG audio"),
  UNKNOWN("unknown");

  public static final int BYTES = 1_024;

  private static final int TS_PACKETS = 3;

  private final String title;
  private final Optional<String> demuxer;

  Magic(String title) {
    this.title = title;
    this.demuxer = Optional.empty();
  }

  Magic(String title, String demuxer) {
    this.title = title;
    this.demuxer = Optional.of(demuxer);
  }

  /** The kind as a sentence names it: "The file is {title}". */
  public String title() {
    return title;
  }

  /** FFmpeg's name of the only demuxer for this kind; empty where FFmpeg has to look itself. */
  public Optional<String> demuxer() {
    return demuxer;
  }

  /** Looks at the first {@link #BYTES} bytes of a file, or at all of a shorter one. */
  static Magic of(ByteBuffer head) {
    byte[] bytes = new byte[head.remaining()];
    head.duplicate().get(bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Magic container = container(text);
    if (container != UNKNOWN) {
      return container;
    }
    if (mpegFrame(bytes)) {
      return MPEG_AUDIO;
    }
    return mpegTs(text) ? MPEG_TS : UNKNOWN;
  }

  private static Magic container(String text) {
    return switch (text.substring(0, Math.min(4, text.length()))) {
      case "RIFF", "RIFX", "RF64", "BW64" ->
          text.startsWith("WAVE", 8) ? WAVE : text.startsWith("AVI ", 8) ? AVI : UNKNOWN;
      case "FORM" -> text.startsWith("AIF", 8) ? AIFF : text.startsWith("8SVX", 8) ? IFF : UNKNOWN;
      case "FRM8" -> text.startsWith("DSD ", 12) ? DSDIFF : UNKNOWN;
      case ".snd" -> AU;
      case "caff" -> CAF;
      case "riff" -> text.startsWith(".\221\317\21", 4) ? W64 : UNKNOWN;
      case "OggS" -> OGG;
      case "fLaC" -> FLAC;
      case "FLV\1" -> FLV;
      case "MAC " -> APE;
      case "wvpk" -> WAVPACK;
      case "TTA1", "TTA2" -> TTA;
      case "MPCK", "MP+\7", "MP+\27" -> MUSEPACK;
      case "DSD " -> DSF;
      case "\32E\337\243" -> MATROSKA;
      case "0&\262u" -> ASF;
      case "\0\0\1\272" -> MPEG_PS;
      case "\6\16\53\64" -> MXF;
      case "\177\376\200\1", "\376\177\1\200", "\37\377\350\0" -> DTS;
      case "\377\37\0\350", "dX %" -> DTS;
      default -> longer(text);
    };
  }

  private static Magic longer(String text) {
    if (text.startsWith("NIST_1A")) {
      return SPHERE;
    }
    if (text.startsWith("#!AMR")) {
      return AMR;
    }
    if (text.startsWith("Creative Voice File")) {
      return VOC;
    }
    if (text.startsWith("DTSHDHDR")) {
      return DTS_HD;
    }
    for (String box : new String[] {"ftyp", "moov", "mdat", "free", "skip", "wide", "pnot"}) {
      // Boxes below 16 MiB: their names are words that a text may begin with.
      if (text.startsWith(box, 4) && (text.charAt(0) == 0 || box.equals("mdat"))) {
        return MP4;
      }
    }
    return text.startsWith("\13\167") ? AC3 : UNKNOWN;
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

  /** Packets of 188 bytes, or longer ones with a time or a checksum, that begin with one byte. */
  private static boolean mpegTs(String text) {
    for (int packet : new int[] {188, 192, 204}) {
      int first = packet == 192 ? 4 : 0;
      int count = 0;
      while (first + count * packet < text.length() && text.charAt(first + count * packet) == 'G') {
        count++;
      }
      if (count >= TS_PACKETS && first + count * packet >= text.length()) {
        return true;
      }
    }
    return false;
  }
}
