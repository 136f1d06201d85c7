package io.gemoclap.cli.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.hash.Hashing;
import io.gemoclap.audio.segment.Span;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By what {@code --resume} notices that a recording has changed: a digest for each, of its id, its
 * stamp and its given segments. The summary of a part holds those of its recordings in Base64,
 * eight bytes each. Parts of earlier versions have none, and nothing is noticed of them. Not
 * thread-safe.
 */
public final class InputDigests {
  /** The field of a part's summary. */
  private static final String FIELD = "input_digests";

  private final Map<String, Integer> parts = new HashMap<>();
  private final Set<Long> digests = new HashSet<>();

  /**
   * The digest of one recording.
   *
   * @param stamp its size and time of change; empty if unknown
   * @param spans given segments, in any order; empty if segments do not depend on them
   */
  public static long of(String id, String stamp, List<Span> spans) {
    String times = spans.stream().map(InputDigests::text).sorted().collect(Collectors.joining(" "));
    return Hashing.sha256()
        .hashString(String.join("\n", id, stamp, times), StandardCharsets.UTF_8)
        .asLong();
  }

  /** Spans of earlier versions had neither speaker nor channel, and keep their digests. */
  private static String text(Span span) {
    String times = span.startSeconds() + "-" + span.endSeconds();
    boolean plain = span.speaker().isEmpty() && span.channel() == Span.EVERY_CHANNEL;
    return plain ? times : times + "#" + span.channel() + "#" + span.speaker();
  }

  /** The text of a part's digests for its summary. */
  public static String text(List<Long> digests) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * digests.size());
    digests.stream().sorted().forEach(bytes::putLong);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /** Takes over a part's digests, and which recordings have rows in it. */
  void add(int part, JsonNode summary, Set<String> ids) {
    if (summary.has(FIELD)) {
      ids.forEach(id -> parts.put(id, part));
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(summary.get(FIELD).asText()));
      while (bytes.remaining() >= Long.BYTES) {
        digests.add(bytes.getLong());
      }
    }
  }

  /** The part with rows of a recording as it was before; empty if it has not changed. */
  public OptionalInt changed(String id, long digest) {
    Integer part = parts.get(id);
    return part == null || digests.contains(digest) ? OptionalInt.empty() : OptionalInt.of(part);
  }
}
