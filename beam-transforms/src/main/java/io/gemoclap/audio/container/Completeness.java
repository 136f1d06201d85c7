package io.gemoclap.audio.container;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.PcmSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Checks whether a recording ends before its own header says. A recording is truncated if and only
 * if audio that it declares is missing.
 *
 * @hidden
 */
@Internal
public final class Completeness {
  private static final long UNSIGNED = 0xFFFFFFFFL;
  private static final int SHORTEST = 32;
  private static final double EXACT_SECONDS = 1e-6;
  private static final int OGG_TAIL = 1 << 16;
  private static final int OGG_END_OF_STREAM = 4;
  private static final int OGG_HEADER = 27;
  private static final Pattern SPHERE_FIELD =
      Pattern.compile("(sample_count|sample_n_bytes|channel_count) -i (\\d{1,15})\\s");

  private Completeness() {}

  /**
   * Whether the size or the last page that a container declares is not there.
   *
   * @param source the recording without what surrounds it
   */
  public static boolean endsEarly(Magic magic, ByteSource source)
      throws DecodeException, IOException {
    long size = source.size();
    if (size < SHORTEST) {
      return false;
    }
    return switch (magic) {
      case AVI -> size < riffSize(source);
      case SPHERE -> size < sphereSize(source);
      case OGG -> !oggEnds(source);
      // A codec that only FFmpeg knows.
      case WAVE -> WavHeader.parse(source).endsEarly();
      default -> false;
    };
  }

  /**
   * Whether audio that a recording declares was not decoded. Where everything declared has come, a
   * damaged packet at the end does not matter: it is what others appended.
   */
  public static boolean endsEarly(PcmSource.Summary summary, double decodedSeconds) {
    double missing = summary.declaredSeconds() - decodedSeconds;
    if (missing <= EXACT_SECONDS) {
      return false;
    }
    // Encoder delays, and padding that decoders leave out, stay below this.
    return summary.endsEarly() || missing > 0.15 + 0.001 * decodedSeconds;
  }

  private static long riffSize(ByteSource source) throws DecodeException, IOException {
    ByteBuffer head = source.bytes(0, 12, ByteOrder.LITTLE_ENDIAN);
    long body = head.getInt(4) & UNSIGNED;
    // Sizes that a recorder did not fill in. One byte of padding may be missing.
    boolean unknown = body >= 0x7FFF0000L;
    return unknown ? 0 : body + 8 - 1;
  }

  private static long sphereSize(ByteSource source) throws DecodeException, IOException {
    String head =
        StandardCharsets.ISO_8859_1.decode(source.bytes(0, 1_024, ByteOrder.BIG_ENDIAN)).toString();
    double bytes = 1.0;
    int fields = 0;
    for (Matcher field = SPHERE_FIELD.matcher(head); field.find(); fields++) {
      bytes *= Long.parseLong(field.group(2));
    }
    return fields == 3 && bytes < 1e18 ? (long) bytes + 1_024 : 0;
  }

  /** Whether the last page in an Ogg file is whole and marked as the last one of its stream. */
  private static boolean oggEnds(ByteSource source) throws DecodeException, IOException {
    long from = Math.max(0, source.size() - OGG_TAIL);
    ByteBuffer tail = source.bytes(from, OGG_TAIL, ByteOrder.BIG_ENDIAN);
    for (int at = tail.limit() - OGG_HEADER; at >= 0; at--) {
      if (tail.getInt(at) == 0x4F676753) { // "OggS"
        int body = at + OGG_HEADER + (tail.get(at + 26) & 0xFF);
        int end = body;
        for (int lacing = at + OGG_HEADER; lacing < Math.min(body, tail.limit()); lacing++) {
          end += tail.get(lacing) & 0xFF;
        }
        return (tail.get(at + 5) & OGG_END_OF_STREAM) != 0 && end <= tail.limit();
      }
    }
    return false;
  }
}
