package io.gemoclap.review.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.flink.Polling;
import io.gemoclap.review.LargeResults;
import io.gemoclap.review.OpenReview;
import io.gemoclap.review.ReviewClient;
import io.gemoclap.review.SampleResults;
import io.gemoclap.review.index.ResultsIndex;
import io.gemoclap.review.index.SegmentFilter;
import io.gemoclap.review.index.SegmentFilter.Range;
import io.gemoclap.review.index.Segments;
import io.gemoclap.review.index.VectorTable.Hit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches with the bundled model over real results, and with an index over many vectors. */
final class SegmentSearchIT {
  private static final int MANY = 5_000;

  @TempDir private Path folder;

  private static String name(JsonNode entry) {
    String recording = entry.path("segment").path("recording").asText();
    return recording.substring(recording.lastIndexOf('/') + 1);
  }

  @Test
  void wordsASegmentAndARecordingFindWhatIsNear() throws Exception {
    Path results = SampleResults.copyTo(folder.resolve("out"));
    try (OpenReview review = new OpenReview(results, AllowedRoots.everywhere())) {
      ReviewClient client = review.client();
      JsonNode words = client.get("/api/search?words=sadness&size=200");
      assertEquals(client.get("/api/info").path("count").asInt(), words.path("entries").size());
      assertEquals("sadness", words.at("/entries/0/segment/emotion").asText());
      assertEquals(Bundles.resolve(Bundles.BUNDLED).id(), words.path("model_id").asText());
      double before = 1;
      for (JsonNode entry : words.path("entries")) {
        assertTrue(entry.path("similarity").asDouble() <= before);
        before = entry.path("similarity").asDouble();
      }

      JsonNode like = client.get("/api/search?segment=3");
      assertEquals(3, like.at("/entries/0/segment/id").asInt());
      assertEquals(1, like.at("/entries/0/similarity").asDouble(), 1e-6);

      for (String sample : List.of("english-male-8k.amr", "german-male-44k.m4a")) {
        byte[] file = Files.readAllBytes(SampleResults.recordings().resolve(sample));
        JsonNode found = client.post("/api/search?name=" + sample, file);
        assertEquals(sample, name(found.path("entries").get(0)), found.toString());
      }
      JsonNode filtered = client.get("/api/search?words=sadness&emotion=anger");
      assertFalse(filtered.path("entries").isEmpty());
      filtered
          .path("entries")
          .forEach(entry -> assertEquals("anger", entry.path("segment").path("emotion").asText()));
    }
  }

  @Test
  void aFileWithoutSpeechIsAnErrorThatSaysSo() throws Exception {
    Path results = SampleResults.copyTo(folder.resolve("out"));
    try (OpenReview review = new OpenReview(results, AllowedRoots.everywhere())) {
      ReviewClient client = review.client();
      IOException e =
          assertThrows(
              IOException.class,
              () ->
                  client.post(
                      "/api/search?name=notes.txt",
                      "no audio at all".getBytes(StandardCharsets.UTF_8)));
      assertTrue(e.getMessage().contains("'notes.txt' has no segment that can be"), e.getMessage());
    }
  }

  @Test
  void manyVectorsAreSearchedByAnIndexThatFindsWhatAnExactSearchFinds() throws Exception {
    LargeResults.write(folder, MANY, MANY, Bundles.resolve(Bundles.BUNDLED).id());
    try (ResultsIndex index = OpenReview.index(folder)) {
      Segments segments = new Segments(index);
      try (SegmentSearch exact = new SegmentSearch(index, segments, Long.MAX_VALUE);
          SegmentSearch indexed = new SegmentSearch(index, segments, MANY)) {
        Polling.until("the index is built", Duration.ofMinutes(5), indexed::isIndexed);
        long common = 0;
        for (int i = 0; i < 20; i++) {
          float[] vector = exact.vectorOf(i * 50L).orElseThrow();
          List<Hit> right = exact.nearest(vector, SegmentFilter.ALL, 10).hits();
          SegmentSearch.Found found = indexed.nearest(vector, SegmentFilter.ALL, 10);
          assertFalse(found.exact());
          assertEquals(i * 50L, found.hits().get(0).id());
          Set<Long> ids = new HashSet<>();
          found.hits().forEach(hit -> ids.add(hit.id()));
          common += right.stream().filter(hit -> ids.contains(hit.id())).count();
        }
        assertTrue(common >= 190, common + " of 200 nearest segments were found");

        SegmentFilter oslo =
            new SegmentFilter(
                null, Range.ANY, null, Range.ANY, null, Map.of("city", "Oslo"), null, null);
        assertTrue(
            indexed.nearest(exact.vectorOf(0).orElseThrow(), oslo, 10).exact(),
            "few segments match, so an exact search is quick");
      }
      filtersThatFewCandidatesMatchAreSearchedExactly(index, segments);
      try (SegmentSearch again = new SegmentSearch(index, segments, MANY)) {
        Polling.until("the index is opened", Duration.ofMinutes(1), again::isIndexed);
      }
    }
  }

  private static void filtersThatFewCandidatesMatchAreSearchedExactly(
      ResultsIndex index, Segments segments) throws Exception {
    SegmentFilter recording =
        new SegmentFilter(null, Range.ANY, null, Range.ANY, "call-00000007", Map.of(), null, null);
    try (SegmentSearch exact = new SegmentSearch(index, segments, Long.MAX_VALUE);
        SegmentSearch indexed = new SegmentSearch(index, segments, 100)) {
      Polling.until("the index is opened", Duration.ofMinutes(1), indexed::isIndexed);
      assertEquals(100, segments.count(recording), "enough for the index");
      float[] vector = exact.vectorOf(0).orElseThrow();
      SegmentSearch.Found few = indexed.nearest(vector, recording, 1);
      assertFalse(few.exact(), "one of the index's candidates matches");
      assertEquals(exact.nearest(vector, recording, 1).hits(), few.hits());
      SegmentSearch.Found many = indexed.nearest(vector, recording, 90);
      assertTrue(many.exact());
      assertEquals(exact.nearest(vector, recording, 90).hits(), many.hits());
      assertEquals(90, many.hits().size());
    }
  }
}
