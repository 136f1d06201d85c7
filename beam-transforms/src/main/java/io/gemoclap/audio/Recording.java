package io.gemoclap.audio;

import com.google.auto.value.AutoValue;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.census.CensusEntry;
import io.gemoclap.row.CoderRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.jspecify.annotations.Nullable;

/**
 * An encoded recording to be decoded: a file on any Beam file system, or bytes in memory.
 *
 * <p>Spans are where {@code Segmenter.spans()} cuts; other segmenters ignore them. A span with a
 * speaker gives its segment that {@link #SPEAKER}. A span with a channel is cut out of that channel
 * if channels are split, and out of the mixed signal otherwise. Immutable.
 */
@AutoValue
@DefaultCoder(RecordingCoder.class)
@DefaultSchema(CoderRows.class)
public abstract class Recording {
  /** The metadata that names who speaks. */
  public static final String SPEAKER = "speaker";

  /** A file by its URI or path, which is also the recording's id. Never treated as a pattern. */
  public static Recording file(String uri) {
    return new AutoValue_Recording(uri, uri, null, null, Map.of(), List.of());
  }

  /** An entry of a listing: a file, or one that fails with the entry's problem. */
  @Internal
  public static Recording of(CensusEntry entry) {
    return entry.problem().isPresent()
        ? unreadable(entry.name(), entry.problem().get())
        : file(entry.name());
  }

  /**
   * An entry that cannot be read, as is known before decoding. It takes the way of all recordings
   * and becomes one failure of kind {@code UNREADABLE}.
   *
   * @param problem one sentence that says why
   */
  public static Recording unreadable(String id, String problem) {
    return new AutoValue_Recording(id, null, null, problem, Map.of(), List.of());
  }

  /** A matched file. */
  public static Recording file(FileIO.ReadableFile file) {
    return file(file.getMetadata().resourceId().toString());
  }

  /** Encoded audio that is at hand, for example a message of a queue. */
  public static Recording bytes(String id, byte[] encoded) {
    return new AutoValue_Recording(id, null, encoded, null, Map.of(), List.of());
  }

  /** The same under another id, for example that of the message that named the file. */
  public Recording withId(String id) {
    return new AutoValue_Recording(id, uri(), encoded(), problem(), metadata(), spans());
  }

  /** The same with metadata, which every segment and score of it will carry. */
  public Recording withMetadata(Map<String, String> metadata) {
    return new AutoValue_Recording(
        id(), uri(), encoded(), problem(), Map.copyOf(metadata), spans());
  }

  /** The same with given segments. */
  public Recording withSpans(List<Span> spans) {
    return new AutoValue_Recording(
        id(), uri(), encoded(), problem(), metadata(), List.copyOf(spans));
  }

  /** Id of the recording in every output. */
  public abstract String id();

  @Nullable
  abstract String uri();

  @SuppressWarnings("mutable") // shared on purpose, never written to
  abstract byte @Nullable [] encoded();

  /** Why it cannot be read; null for a file or bytes that may be read. */
  @Nullable
  abstract String problem();

  /** Passed through to every segment. */
  public abstract Map<String, String> metadata();

  /** What the segment of a span carries: a span's speaker is the metadata {@code speaker}. */
  Map<String, String> metadata(Span span) {
    if (span.speaker().isBlank()) {
      return metadata();
    }
    Map<String, String> own = new HashMap<>(metadata());
    own.put(SPEAKER, span.speaker());
    return own;
  }

  /** Start and end of given segments. */
  public abstract List<Span> spans();
}
