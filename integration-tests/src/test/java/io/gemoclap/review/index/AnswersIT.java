package io.gemoclap.review.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.bundle.Bundles;
import io.gemoclap.corrections.Agreement;
import io.gemoclap.corrections.Answer;
import io.gemoclap.corrections.Corrections;
import io.gemoclap.corrections.Meanings;
import io.gemoclap.review.LargeResults;
import io.gemoclap.review.OpenReview;
import io.gemoclap.review.index.SegmentFilter.Range;
import io.gemoclap.training.transfer.Synonyms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people say about the segments of an index. */
final class AnswersIT {
  private static final Meanings MEANINGS =
      new Meanings(List.of("happiness", "fear"), Synonyms.common()::meaning);

  @TempDir private static Path folder;
  private static ResultsIndex index;
  private static Segments segments;

  @BeforeAll
  static void indexRows() throws Exception {
    LargeResults.write(folder, 200, 0, Bundles.resolve(Bundles.BUNDLED).id());
    index = OpenReview.index(folder);
    segments = new Segments(index);
  }

  @AfterAll
  static void closeTheIndex() throws IOException {
    index.close();
  }

  @Test
  void answersAreFilteredAndSurviveAndThoseOfUnknownSegmentsAreListed() throws IOException {
    Path file = folder.resolve("corrections-kim.jsonl");
    SegmentFilter answered =
        new SegmentFilter(null, Range.ANY, null, Range.ANY, null, Map.of(), true, null);
    Files.writeString(
        folder.resolve("corrections-of-lee.jsonl"),
        """
        {"segment_id":"gone#0:0-1","answer":"label","label":"sad","by":"lee","at":"2026-01-01T00:00:00Z"}
        {"segment_id":"%s","answer":"unsure","by":"lee","at":"2026-01-01T00:00:00Z"}
        """
            .formatted(segments.byId(7).orElseThrow().segmentId()));
    try (ResultsIndex own = OpenReview.index(folder);
        Answers answers = Answers.open(own, file, Corrections.filesIn(folder), "kim", MEANINGS)) {
      Segments listed = new Segments(own);
      answers.give(listed.byId(5).orElseThrow(), Answer.LABEL, "fear");
      answers.give(listed.byId(6).orElseThrow(), Answer.NOT_SPEECH, "");
      answers.give(listed.byId(6).orElseThrow(), Answer.WITHDRAWN, "");
      assertEquals(2, listed.count(answered), "one of kim, one of lee");
      assertEquals(List.of("gone#0:0-1"), answers.unknown());
      assertEquals(Map.of("kim", 1, "lee", 2), answers.counts());
    }
    assertEquals(3, Files.readAllLines(file).size(), "Withdrawing adds a line");
    try (ResultsIndex own = OpenReview.index(folder);
        Answers answers = Answers.open(own, file, Corrections.filesIn(folder), "kim", MEANINGS)) {
      Segments listed = new Segments(own);
      assertEquals(2, listed.count(answered));
      assertEquals("fear", answers.of(listed.byId(5).orElseThrow().segmentId()).get(0).label());
    }
  }

  @Test
  void wordsOfTheSameMeaningAreAgreement() throws Exception {
    Path results = folder.resolve("two");
    LargeResults.write(results, 100, 0, "a");
    try (ResultsIndex own = OpenReview.index(results)) {
      Segments listed = new Segments(own);
      StringBuilder lines = new StringBuilder();
      for (String[] said :
          new String[][] {
            {"0", "kim", "happiness"},
            {"0", "lee", "Joy"},
            {"1", "kim", "fear"},
            {"1", "lee", "fear"}
          }) {
        lines.append(
            """
            {"segment_id":"%s","answer":"label","label":"%s","by":"%s","at":"2026-01-01T00:00:00Z"}
            """
                .formatted(
                    listed.byId(Long.parseLong(said[0])).orElseThrow().segmentId(),
                    said[2],
                    said[1]));
      }
      Path file = results.resolve("corrections.jsonl");
      Files.writeString(file, lines);
      try (Answers answers =
          Answers.open(own, file, Corrections.filesIn(folder), "kim", MEANINGS)) {
        Agreement agreement = answers.agreement();
        assertEquals(
            List.of(new Agreement.Pair("kim", "lee", 2, 1, 1)),
            agreement.pairs(),
            "Joy is happiness, as in the estimates of a sample");
        assertEquals(List.of(new Agreement.Group(2, 2, 1)), agreement.groups());
      }
    }
  }
}
