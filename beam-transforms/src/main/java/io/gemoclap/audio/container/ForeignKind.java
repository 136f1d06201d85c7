package io.gemoclap.audio.container;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Files that are often found among recordings but are not decoded: what they are, and what to do.
 *
 * @hidden
 */
@Internal
public final class ForeignKind {
  private static final String EXPAND = "Unpack it and use the recordings inside.";
  private static final String CONVERT = "Convert it to WAVE or FLAC first.";
  private static final String LIST = "Use the recordings that it lists.";
  private static final String NONE = "It contains no recording.";

  private static final ImmutableList<Kind> KINDS =
      ImmutableList.of(
          new Kind(0, "PK\3\4", "a ZIP archive (or an office document)", EXPAND),
          new Kind(0, "\37\213", "compressed with gzip", EXPAND),
          new Kind(0, "BZh", "compressed with bzip2", EXPAND),
          new Kind(0, "\3757zXZ", "compressed with xz", EXPAND),
          new Kind(0, "(\265/\375", "compressed with Zstandard", EXPAND),
          new Kind(0, "7z\274\257", "a 7z archive", EXPAND),
          new Kind(0, "Rar!", "a RAR archive", EXPAND),
          new Kind(257, "ustar", "a tar archive", EXPAND),
          new Kind(0, ".RMF", "RealMedia, which is not supported", CONVERT),
          new Kind(0, ".ra\375", "RealAudio, which is not supported", CONVERT),
          new Kind(0, "ajkg", "Shorten, which is not supported", CONVERT),
          new Kind(0, "OFR ", "OptimFROG, which is not supported", CONVERT),
          new Kind(0, "tBaK", "TAK, which is not supported", CONVERT),
          new Kind(0, "LA0", "Lossless Audio, which is not supported", CONVERT),
          new Kind(0, "ADIF", "AAC in ADIF, which is not supported", CONVERT),
          new Kind(0, "MThd", "a MIDI file: notes, not sound", NONE),
          new Kind(8, "RMID", "a MIDI file: notes, not sound", NONE),
          new Kind(8, "sfbk", "a sound font", NONE),
          new Kind(8, "WEBP", "a WebP picture", NONE),
          new Kind(0, "\211PNG", "a PNG picture", NONE),
          new Kind(0, "\377\330\377", "a JPEG picture", NONE),
          new Kind(0, "GIF8", "a GIF picture", NONE),
          new Kind(0, "II*\0", "a TIFF picture", NONE),
          new Kind(0, "MM\0*", "a TIFF picture", NONE),
          new Kind(0, "%PDF", "a PDF document", NONE),
          new Kind(0, "\320\317\21\340", "an old office document", NONE),
          new Kind(0, "SQLite format 3", "an SQLite database", NONE),
          new Kind(0, "\177ELF", "a program", NONE),
          new Kind(0, "\0\5\26\7", "a macOS resource file (._name)", NONE),
          new Kind(0, "\0\0\1\263", "MPEG video without sound", NONE),
          new Kind(
              0,
              "version https://git-lfs.github.com/",
              "a Git LFS pointer",
              "Fetch the recording itself with 'git lfs pull'."),
          new Kind(0, "#EXTM3U", "a playlist (M3U)", LIST),
          new Kind(0, "[playlist]", "a playlist (PLS)", LIST),
          new Kind(0, "<asx", "a playlist (ASX)", LIST),
          new Kind(0, "ffconcat", "a playlist (ffconcat)", LIST),
          new Kind(0, "<!doctype html", "a web page", NONE),
          new Kind(0, "<html", "a web page", NONE),
          new Kind(0, "<?xml", "an XML document", NONE));

  private ForeignKind() {}

  private record Kind(int offset, String mark, String title, String remedy) {
    boolean begins(String text) {
      return text.regionMatches(true, offset, mark, 0, mark.length());
    }
  }

  /**
   * A sentence about a file whose first bytes are of a known kind, or are text; empty for others.
   */
  public static Optional<String> sentence(ByteBuffer head) {
    String text = StandardCharsets.ISO_8859_1.decode(head.duplicate()).toString();
    String shown = text.startsWith("\357\273\277") ? text.substring(3) : text;
    for (Kind kind : KINDS) {
      if (kind.begins(shown)) {
        String xspf = shown.toLowerCase(Locale.ROOT).contains("<playlist") ? LIST : kind.remedy();
        return Optional.of("The file is %s. %s".formatted(kind.title(), xspf));
      }
    }
    return isText(head) ? Optional.of("The file is text, not a recording.") : Optional.empty();
  }

  /** Whether the bytes are UTF-8 without control characters; the last character may be cut. */
  private static boolean isText(ByteBuffer head) {
    CharBuffer text = CharBuffer.allocate(head.remaining());
    if (StandardCharsets.UTF_8.newDecoder().decode(head.duplicate(), text, false).isError()) {
      return false;
    }
    return text.flip().chars().allMatch(c -> (c >= ' ' && c != 0x7F) || (c >= 9 && c <= 13));
  }
}
