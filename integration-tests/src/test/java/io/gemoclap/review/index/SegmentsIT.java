package io.gemoclap.review.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.review.LargeResults;
import io.gemoclap.review.OpenReview;
import io.gemoclap.review.index.SegmentFilter.Range;
import io.gemoclap.review.index.Segments.Cursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of an index, compared with the rows of the files that it was built from. */
final class SegmentsIT {
  private static final int COUNT = 3_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static final List<JsonNode> ROWS = new ArrayList<>();
  private static ResultsIndex index;
  private static Segments segments;

  @BeforeAll
  static void indexRows() throws Exception {
    String model = Bundles.resolve(Bundles.BUNDLED).id();
    LargeResults.write(folder, COUNT, COUNT, model);
    // Another model's rows of the same segments, of which the first 100 are missing.
    Path other = folder.resolve("rescored-other");
    LargeResults.write(other, COUNT, 0, "another");
    Path rows = other.resolve("annotations-00000-00000-of-00001.jsonl");
    List<String> lines = Files.readAllLines(rows);
    Files.write(
        rows,
        lines.subList(100, COUNT).stream()
            .map(line -> line.replace("\"anger\"", "\"a\"").replace("\"fear\"", "\"anger\""))
            .map(line -> line.replace("\"a\"", "\"fear\""))
            .toList());
    // What a killed job has left must not be listed.
    Files.write(folder.resolve("annotations-00001-00000-of-00001.jsonl"), lines);
    try (Stream<String> all =
        Files.lines(folder.resolve("annotations-00000-00000-of-00001.jsonl"))) {
      for (String line : (Iterable<String>) all::iterator) {
        ROWS.add(JSON.readTree(line));
      }
    }
    index = OpenReview.index(folder);
    segments = new Segments(index);
  }

  @AfterAll
  static void closeTheIndex() throws IOException {
    index.close();
  }

  private static SegmentFilter where(
      String emotion,
      Range confidence,
      Boolean abstained,
      String recording,
      Map<String, String> m) {
    return new SegmentFilter(emotion, confidence, abstained, Range.ANY, recording, m, null, null);
  }

  /** All segments of a list, page by page. */
  private static List<SegmentRow> all(SegmentFilter filter, SegmentOrder order) throws IOException {
    List<SegmentRow> rows = new ArrayList<>();
    Cursor after = null;
    do {
      Segments.Page page = segments.page(filter, order, after, 170);
      assertTrue(page.next() == null || page.rows().size() == 170, "a short page in between");
      rows.addAll(page.rows());
      after = page.next() == null ? null : Cursor.parse(page.next().toString());
    } while (after != null);
    return rows;
  }

  private static Set<String> ids(List<SegmentRow> rows) {
    Set<String> ids = new HashSet<>();
    rows.forEach(row -> assertTrue(ids.add(row.segmentId()), row.segmentId() + " is listed twice"));
    return ids;
  }

  private static Set<String> expected(Predicate<JsonNode> matches) {
    Set<String> ids = new HashSet<>();
    ROWS.stream().filter(matches).forEach(row -> ids.add(row.path("segment_id").asText()));
    return ids;
  }

  private static void matches(SegmentFilter filter, Predicate<JsonNode> row) throws IOException {
    Set<String> expected = expected(row);
    assertFalse(expected.isEmpty() || expected.size() == COUNT, "the filter must tell rows apart");
    assertEquals(expected, ids(all(filter, SegmentOrder.LEAST_CERTAIN)));
    assertEquals(expected.size(), segments.count(filter));
  }

  @Test
  void everyFilterKeepsTheRowsThatMatch() throws IOException {
    Range confidence = new Range(0.4, 0.6);
    matches(
        where("fear", Range.ANY, null, null, Map.of()),
        row -> row.path("emotion").asText().equals("fear"));
    matches(
        where(null, confidence, null, null, Map.of()),
        row ->
            row.path("confidence").asDouble() >= 0.4 && row.path("confidence").asDouble() <= 0.6);
    matches(where(null, Range.ANY, true, null, Map.of()), row -> row.path("abstained").asBoolean());
    matches(
        where(null, Range.ANY, null, "CALL-0000000", Map.of()),
        row -> row.path("recording").asText().contains("call-0000000"));
    matches(
        new SegmentFilter(null, Range.ANY, null, new Range(0.5, null), null, Map.of(), null, null),
        row -> row.path("speech_probability").asDouble() >= 0.5);
    matches(
        where(null, Range.ANY, null, null, Map.of("speaker", "=s2")),
        row -> row.path("metadata").path("speaker").asText().equals("s2"));
    matches(
        where("anger", confidence, null, null, Map.of("city", "om", "speaker", "1")),
        row ->
            row.path("emotion").asText().equals("anger")
                && row.path("confidence").asDouble() >= 0.4
                && row.path("confidence").asDouble() <= 0.6
                && row.path("metadata").path("city").asText().equals("Rome")
                && row.path("metadata").path("speaker").asText().contains("1"));
  }

  @Test
  void everyOrderListsEachSegmentOnce() throws IOException {
    for (SegmentOrder order : SegmentOrder.values()) {
      assertEquals(COUNT, ids(all(SegmentFilter.ALL, order)).size(), order.name());
    }
  }

  @Test
  void ordersFollowTheirKeys() throws IOException {
    List<SegmentRow> uncertain = all(SegmentFilter.ALL, SegmentOrder.LEAST_CERTAIN);
    assertEquals(
        uncertain.stream().sorted(Comparator.comparingDouble(SegmentRow::confidence)).toList(),
        uncertain);
    List<SegmentRow> archive = all(SegmentFilter.ALL, SegmentOrder.ARCHIVE);
    assertEquals(
        archive.stream()
            .sorted(Comparator.comparing(SegmentRow::recording).thenComparing(SegmentRow::startS))
            .toList(),
        archive);
    List<SegmentRow> random = all(SegmentFilter.ALL, SegmentOrder.RANDOM);
    assertEquals(random, all(SegmentFilter.ALL, SegmentOrder.RANDOM), "the same in every list");
    assertNotEquals(archive.subList(0, 50), random.subList(0, 50));
    List<SegmentRow> typical = all(SegmentFilter.ALL, SegmentOrder.MOST_TYPICAL);
    assertNotEquals(typical, random);
  }

  @Test
  void theMostTypicalAreNearestToTheMeanOfTheirEmotion() throws IOException {
    VectorTable vectors = new VectorTable(index, segments);
    SegmentFilter fear = where("fear", Range.ANY, null, null, Map.of());
    List<SegmentRow> typical = all(fear, SegmentOrder.MOST_TYPICAL);
    double[] sum = new double[128];
    for (SegmentRow row : typical) {
      float[] vector = vectors.of(row.id()).orElseThrow();
      for (int d = 0; d < sum.length; d++) {
        sum[d] += vector[d];
      }
    }
    double before = Double.POSITIVE_INFINITY;
    for (SegmentRow row : typical) {
      float[] vector = vectors.of(row.id()).orElseThrow();
      double similarity = 0;
      for (int d = 0; d < sum.length; d++) {
        similarity += sum[d] * vector[d];
      }
      assertTrue(similarity <= before + 1e-3, similarity + " after " + before);
      before = similarity;
    }
  }

  @Test
  void modelsDisagreeByTheDistanceOfTheirProbabilities() throws IOException {
    List<SegmentRow> rows = all(SegmentFilter.ALL, SegmentOrder.DISAGREEMENT);
    double before = 1;
    for (SegmentRow row : rows.subList(0, COUNT - 100)) {
      // The other model's rows have the probabilities of anger and fear exchanged.
      double expected = Math.abs(row.scores().get("anger") - row.scores().get("fear"));
      assertEquals(expected, row.disagreement(), 1e-9, row.segmentId());
      assertTrue(row.disagreement() <= before);
      before = row.disagreement();
      String exchanged =
          switch (row.emotion()) {
            case "anger" -> "fear";
            case "fear" -> "anger";
            default -> row.emotion();
          };
      assertEquals(exchanged, row.other());
    }
    for (SegmentRow row : rows.subList(COUNT - 100, COUNT)) {
      assertEquals(null, row.other(), "Segments that the other model lacks come last");
    }
  }

  @Test
  void modelsOfWhichSomeProbabilitiesAreMissingAreNotCompared() throws Exception {
    Path results = folder.resolve("some");
    LargeResults.write(results, 200, 0, "a");
    Path other = results.resolve("rescored-best");
    LargeResults.write(other, 200, 0, "b");
    Path rows = other.resolve("annotations-00000-00000-of-00001.jsonl");
    List<String> lines = Files.readAllLines(rows);
    // As --top-k=1 writes them.
    List<String> best = new ArrayList<>();
    for (String line : lines) {
      ObjectNode row = (ObjectNode) JSON.readTree(line);
      row.putObject("scores").put(row.path("emotion").asText(), row.path("confidence").asDouble());
      best.add(row.toString());
    }
    best.set(0, lines.get(0));
    Files.write(rows, best);
    try (ResultsIndex partly = OpenReview.index(results)) {
      assertTrue(partly.isCompared(), partly.notCompared());
      List<SegmentRow> listed =
          new Segments(partly).page(SegmentFilter.ALL, SegmentOrder.DISAGREEMENT, null, 200).rows();
      assertEquals(0, listed.get(0).disagreement(), 1e-9, "the same row");
      for (SegmentRow row : listed.subList(1, listed.size())) {
        assertEquals(row.emotion(), row.other(), "the other emotion is known");
        assertEquals(null, row.disagreement(), "how far it is from this one is not");
      }
    }
    Files.write(rows, best.subList(1, best.size()));
    try (ResultsIndex alone = OpenReview.index(results)) {
      assertFalse(alone.isCompared());
      assertTrue(alone.notCompared().contains("without --top-k"), alone.notCompared());
    }
  }

  @Test
  void theSegmentsOfARecordingAreInTheOrderOfTime() throws IOException {
    SegmentRow row = segments.byId(1_234).orElseThrow();
    List<Segments.Span> spans = segments.ofRecording(row.recording());
    assertEquals(100, spans.size());
    for (int i = 0; i < spans.size(); i++) {
      assertEquals(5.0 * i, spans.get(i).start());
      assertEquals(row.recording(), segments.byId(spans.get(i).id()).orElseThrow().recording());
    }
  }

  @Test
  void theLabelsKeysAndValuesAreThoseOfTheRows() throws IOException {
    assertEquals(
        List.of("anger", "boredom", "disgust", "fear", "happiness", "neutral", "sadness"),
        segments.labels());
    assertEquals(List.of("city", "date", "speaker"), segments.keys());
    assertEquals(Set.of("Oslo", "Rome", "Lima"), Set.copyOf(segments.values("city")));
    assertEquals(COUNT, segments.count());
  }

  @Test
  void chosenSegmentsAreFilteredAndCounted() throws Exception {
    Path results = folder.resolve("sampled");
    LargeResults.write(results, 200, 0, "a");
    String chosen = "/archive/0000/call-00000001.mp3#0:5000-9000";
    String later = "/archive/0000/call-00000001.mp3#0:10000-14000";
    String first = "/archive/0000/call-00000000.mp3#0:15000-19000";
    Files.writeString(
        results.resolve("sample.jsonl"),
        """
        {"segment_id":"%s","stratum":"random"}
        {"segment_id":"%s","stratum":"random"}
        {"segment_id":"gone#0:0-1","stratum":"random"}
        {"segment_id":"%s","stratum":"random"}
        """
            .formatted(later, chosen, first));
    try (ResultsIndex sampled = OpenReview.index(results)) {
      assertEquals(3, sampled.sampled());
      Segments listed = new Segments(sampled);
      for (boolean wanted : new boolean[] {true, false}) {
        SegmentFilter filter =
            new SegmentFilter(null, Range.ANY, null, Range.ANY, null, Map.of(), null, wanted);
        assertEquals(wanted ? 3 : 197, listed.count(filter));
        List<SegmentRow> rows =
            listed.page(filter, SegmentOrder.RANDOM, null, Segments.MAX_PAGE).rows();
        assertEquals(wanted, rows.stream().anyMatch(row -> row.segmentId().equals(chosen)));
      }
      List<String> inOrder = new ArrayList<>();
      Cursor after = null;
      do {
        Segments.Page page = listed.page(SegmentFilter.ALL, SegmentOrder.SAMPLE, after, 2);
        page.rows().forEach(row -> inOrder.add(row.segmentId()));
        after = page.next() == null ? null : Cursor.parse(page.next().toString());
      } while (after != null);
      assertEquals(List.of(later, chosen, first), inOrder.subList(0, 3), "the order of listening");
      assertEquals(200, new HashSet<>(inOrder).size(), "then all others");
      assertEquals(200, inOrder.size());
    }
  }

  @Test
  void theIndexIsBuiltAgainOnlyWhenTheResultsChange() throws Exception {
    Path results = folder.resolve("changing");
    LargeResults.write(results, 200, 0, "a");
    Path first;
    try (ResultsIndex built = OpenReview.index(results)) {
      first = built.file();
    }
    Object key = Files.readAttributes(first, "unix:ino").get("ino");
    try (ResultsIndex opened = OpenReview.index(results)) {
      assertEquals(first, opened.file());
      assertEquals(key, Files.readAttributes(first, "unix:ino").get("ino"), "the same file");
    }
    LargeResults.write(results, 300, 0, "a");
    try (ResultsIndex again = OpenReview.index(results)) {
      assertNotEquals(first, again.file());
      assertEquals(300, new Segments(again).count());
      assertFalse(Files.exists(first), "the earlier index is deleted");
    }
  }

  @Test
  void resultsWithoutSegmentsCanBeOpened() throws Exception {
    Path results = folder.resolve("empty");
    Files.createDirectories(results);
    Files.writeString(results.resolve("summary-00000.json"), "{\"recordings\": 0, \"files\": []}");
    Files.writeString(results.resolve("summary.json"), "{}");
    try (ResultsIndex empty = OpenReview.index(results)) {
      Segments none = new Segments(empty);
      assertEquals(0, none.count());
      assertEquals(List.of(), none.page(SegmentFilter.ALL, SegmentOrder.RANDOM, null, 50).rows());
      assertEquals(List.of(), none.labels());
    }
  }
}
