package io.gemoclap.training.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.training.corpus.Utterance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What annotation wrote about the recordings of a corpus, and which of it belongs to an utterance.
 * Not thread-safe while rows are added.
 */
public final class Results {
  /** Spans this close in seconds are the same: a fraction of a sample or of a millisecond apart. */
  private static final double SAME = 0.001;

  /** By this much annotation cuts a span that ends after its recording. */
  private static final double CUT = 0.1 + SAME;

  private final Map<String, List<ScoredSegment>> segments = new HashMap<>();
  private final Map<String, List<JsonNode>> failures = new HashMap<>();

  /** Adds a row of {@code annotations-*.jsonl}. */
  public void addAnnotation(JsonNode row) {
    ScoredSegment segment = ScoredSegment.of(row);
    segments.computeIfAbsent(segment.recording(), id -> new ArrayList<>()).add(segment);
  }

  /** Adds a row of {@code failures-*.jsonl}. */
  public void addFailure(JsonNode row) {
    failures.computeIfAbsent(row.path("recording").asText(), id -> new ArrayList<>()).add(row);
  }

  /**
   * The segment of an utterance. A recording of several streams has several channels, of which the
   * first counts.
   *
   * @param siblings all utterances of the recording
   */
  Optional<ScoredSegment> segment(String recording, Utterance utterance, List<Utterance> siblings) {
    List<ScoredSegment> all = segments.getOrDefault(recording, List.of());
    int first = all.stream().mapToInt(ScoredSegment::channel).min().orElse(0);
    List<ScoredSegment> own = all.stream().filter(s -> s.channel() == first).toList();
    if (utterance.span().isEmpty()) {
      return own.stream().findFirst();
    }
    Span span = utterance.span().get();
    return own.stream()
        .filter(segment -> matches(segment, span))
        .findFirst()
        .or(
            () ->
                own.stream()
                    .filter(segment -> isCut(segment, span))
                    .filter(
                        segment ->
                            siblings.stream()
                                .flatMap(sibling -> sibling.span().stream())
                                .noneMatch(other -> matches(segment, other)))
                    .findFirst());
  }

  private static boolean matches(ScoredSegment segment, Span span) {
    return near(segment.startSeconds(), span.startSeconds())
        && near(segment.endSeconds(), span.endSeconds());
  }

  private static boolean isCut(ScoredSegment segment, Span span) {
    double missing = span.endSeconds() - segment.endSeconds();
    return near(segment.startSeconds(), span.startSeconds()) && missing > 0 && missing <= CUT;
  }

  private static boolean near(double a, double b) {
    return Math.abs(a - b) <= SAME;
  }

  /** Why an utterance has no segment: its own failure, else that of the whole recording. */
  Failure failure(String recording, Utterance utterance) {
    List<JsonNode> rows = failures.getOrDefault(recording, List.of());
    return rows.stream()
        .filter(row -> !isWhole(row))
        .filter(
            row ->
                utterance.span().isEmpty()
                    || near(row.path("start_s").asDouble(), utterance.span().get().startSeconds()))
        .findFirst()
        .or(() -> rows.stream().filter(Results::isWhole).findFirst())
        .map(
            row ->
                Failure.create(
                    row.path("stage").asText(),
                    row.path("kind").asText(),
                    utterance.id(),
                    utterance.uri(),
                    row.path("message").asText(),
                    row.path("start_s").asDouble(),
                    Map.of()))
        .orElseGet(
            () ->
                Failure.of(
                    "Evaluate",
                    FailureKind.INTERNAL,
                    utterance.id(),
                    utterance.uri(),
                    "Annotation wrote neither a result nor a failure for this utterance"));
  }

  private static boolean isWhole(JsonNode row) {
    return row.path("item").equals(row.path("recording"));
  }
}
