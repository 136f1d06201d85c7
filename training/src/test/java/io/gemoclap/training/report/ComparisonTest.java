package io.gemoclap.training.report;

import static io.gemoclap.training.report.PredictionRows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.evaluate.Bootstrap.Interval;
import io.gemoclap.training.report.Comparison.Drawn;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final double[] CALM = {1, 0};
  private static final double[] ANGRY = {0, 1};

  /** Ten calm and ten angry utterances of two speakers; the first {@code wrong} calm are wrong. */
  private static FinishedRun run(int wrong) {
    return PredictionRows.run(
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    row(
                        "u" + i,
                        i % 2 == 0 ? "a" : "b",
                        i < 10 ? "calm" : "angry",
                        i < wrong || i >= 10 ? ANGRY : CALM))
            .toArray(PredictionRow[]::new));
  }

  @Test
  void countsWhatOnlyOneHasRight() {
    Comparison comparison = Comparison.of(run(6), run(0), Drawn.UTTERANCES, 1);
    Comparison.Row war = comparison.rows().get(0);
    assertEquals("WAR", war.metric());
    assertEquals(0.7, war.a(), 1e-12);
    assertEquals(1, war.b(), 1e-12);
    assertEquals(0.3, war.difference(), 1e-12);
    assertEquals(0, comparison.mcNemar().onlyA());
    assertEquals(6, comparison.mcNemar().onlyB());
    assertEquals(2 / 64.0, comparison.mcNemar().p(), 1e-12);
  }

  @Test
  void theIntervalIsThatOfTheDifference() {
    Comparison.Row war = Comparison.of(run(6), run(0), Drawn.UTTERANCES, 1).rows().get(0);
    // Ten draws of calm utterances, each an advantage of 1/20 with probability 0.6: binomial, whose
    // middle 95 % is 3 to 9 of 10.
    assertEquals(3 / 20.0, war.interval().low(), 1e-9);
    assertEquals(9 / 20.0, war.interval().high(), 1e-9);
    assertTrue(war.p() <= 2 * 2 / 2001.0, "0.4^10 of the resamples show none");
  }

  @Test
  void aRunAgainstItselfDiffersInNothing() {
    for (Comparison.Row row : Comparison.of(run(4), run(4), Drawn.SPEAKERS, 1).rows()) {
      assertEquals(new Interval(0, 0), row.interval());
      assertEquals(1, row.p());
    }
  }

  @Test
  void drawingSpeakersIsAnotherQuestion() {
    // Of the six wrong ones each speaker has three of ten: whichever are drawn, 0.3.
    Comparison.Row war = Comparison.of(run(6), run(0), Drawn.SPEAKERS, 1).rows().get(0);
    assertEquals(0.3, war.interval().low(), 1e-9);
    assertEquals(0.3, war.interval().high(), 1e-9);
  }

  @Test
  void rejectsOtherUtterances() {
    FinishedRun a = PredictionRows.run(row("1", "s", "calm", CALM), row("2", "s", "calm", CALM));
    FinishedRun b = PredictionRows.run(row("2", "s", "calm", CALM));
    refused(a, b, "1 are only in the first, 0 only in the second");
    refused(b, a, "0 are only in the first, 1 only in the second");
  }

  @Test
  void rejectsOtherLabelsAndOtherTruths() {
    FinishedRun a = PredictionRows.run(row("1", "s", "calm", CALM));
    refused(
        a,
        new FinishedRun(
            PredictionRows.info("angry", "calm"), List.of(row("1", "s", "calm", ANGRY)), List.of()),
        "different labels: calm, angry against angry, calm");
    refused(a, PredictionRows.run(row("1", "s", "angry", CALM)), "disagree about the emotion");
    refused(a, PredictionRows.run(row("1", "t", "calm", CALM)), "or the speaker of utterance '1'");
  }

  @Test
  void oneSpeakerCannotBeDrawn() {
    FinishedRun one = PredictionRows.run(row("1", "s", "calm", CALM));
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> Comparison.of(one, one, Drawn.SPEAKERS, 1))
            .getMessage();
    assertTrue(message.contains("speakers cannot be resampled"), message);
  }

  private static void refused(FinishedRun a, FinishedRun b, String sentence) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Comparison.of(a, b, Drawn.UTTERANCES, 1))
            .getMessage();
    assertTrue(message.contains(sentence), message);
  }
}
