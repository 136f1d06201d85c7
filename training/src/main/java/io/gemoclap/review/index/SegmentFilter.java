package io.gemoclap.review.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which segments are wanted; null and empty mean any. Immutable.
 *
 * @param emotion the label shown
 * @param confidence range of the confidence, 0 to 1
 * @param abstained whether the confidence is too low to show the emotion
 * @param speech range of the speech probability; segments without an estimate are in every range
 * @param recording part of the recording's name, in upper or lower case
 * @param metadata key of the metadata → part of its value, in upper or lower case, or the whole
 *     value after {@code =}
 * @param answered whether somebody has answered
 * @param sampled whether {@code gemoclap sample} has chosen it
 */
public record SegmentFilter(
    @Nullable String emotion,
    Range confidence,
    @Nullable Boolean abstained,
    Range speech,
    @Nullable String recording,
    Map<String, String> metadata,
    @Nullable Boolean answered,
    @Nullable Boolean sampled) {
  /** All segments. */
  public static final SegmentFilter ALL =
      new SegmentFilter(null, Range.ANY, null, Range.ANY, null, Map.of(), null, null);

  /** Copies the map. */
  public SegmentFilter {
    metadata = Map.copyOf(metadata);
  }

  /**
   * A closed range; null means no bound.
   *
   * @param least the lower bound
   * @param most the upper bound
   */
  public record Range(@Nullable Double least, @Nullable Double most) {
    /** Without bounds. */
    public static final Range ANY = new Range(null, null);
  }

  /** A condition on the table {@code segment} with its parameters. */
  static final class Condition {
    private final List<String> terms = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    void add(String term, Object... values) {
      terms.add(term);
      parameters.addAll(List.of(values));
    }

    String sql() {
      return terms.isEmpty() ? "true" : String.join(" AND ", terms);
    }

    List<Object> parameters() {
      return parameters;
    }
  }

  /**
   * The condition in SQL.
   *
   * @param columns the columns of the keys of the metadata
   * @throws IllegalArgumentException if the metadata have no such key
   */
  Condition condition(Map<String, String> columns) {
    Condition condition = new Condition();
    if (emotion != null) {
      condition.add("emotion = ?", emotion);
    }
    addRange(condition, "confidence", confidence, "");
    if (abstained != null) {
      condition.add("abstained = ?", abstained);
    }
    addRange(condition, "speech_probability", speech, " OR speech_probability < 0");
    if (recording != null) {
      condition.add("contains(lower(recording), ?)", recording.toLowerCase(Locale.ROOT));
    }
    metadata.forEach((key, value) -> addMetadata(condition, columns, key, value));
    if (answered != null) {
      condition.add("id %s (SELECT id FROM memory.answer)".formatted(answered ? "IN" : "NOT IN"));
    }
    if (sampled != null) {
      condition.add("id %s (SELECT id FROM memory.sampled)".formatted(sampled ? "IN" : "NOT IN"));
    }
    return condition;
  }

  private static void addRange(Condition condition, String column, Range range, String or) {
    if (range.least != null) {
      condition.add("(%s >= ?%s)".formatted(column, or), range.least);
    }
    if (range.most != null) {
      condition.add("(%s <= ?%s)".formatted(column, or), range.most);
    }
  }

  private static void addMetadata(
      Condition condition, Map<String, String> columns, String key, String value) {
    String column = columns.get(key);
    if (column == null) {
      throw new IllegalArgumentException("The metadata have no key '" + key + "'");
    }
    if (value.startsWith("=")) {
      condition.add(column + " = ?", value.substring(1));
    } else {
      condition.add("contains(lower(%s), ?)".formatted(column), value.toLowerCase(Locale.ROOT));
    }
  }
}
