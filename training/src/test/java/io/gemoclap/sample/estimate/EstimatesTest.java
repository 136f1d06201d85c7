package io.gemoclap.sample.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.corrections.Answer;
import io.gemoclap.corrections.Correction;
import io.gemoclap.corrections.Corrections;
import io.gemoclap.corrections.Meanings;
import io.gemoclap.sample.Part;
import io.gemoclap.sample.SampledSegment;
import io.gemoclap.training.transfer.Synonyms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From people's answers to estimates. */
final class EstimatesTest {
  private static final String UNSURE = "?";
  private static final String NOT_SPEECH = "-";

  private final List<SampledSegment> sample = new ArrayList<>();
  private final List<Correction> corrections = new ArrayList<>();

  private void segment(String id, String emotion, Part part, boolean abstained, long size) {
    sample.add(
        new SampledSegment(
            id, "tape", 0, 0, 2, emotion, 0.6, abstained, part, emotion, size, 3, "m", "l"));
  }

  private void answer(String id, String by, String label) {
    Answer answer =
        switch (label) {
          case UNSURE -> Answer.UNSURE;
          case NOT_SPEECH -> Answer.NOT_SPEECH;
          default -> Answer.LABEL;
        };
    corrections.add(
        new Correction(
            id,
            "tape",
            answer,
            answer == Answer.LABEL ? label : "",
            by,
            Instant.EPOCH,
            "",
            false,
            "m",
            "l"));
  }

  private Estimates estimates() {
    Meanings meanings =
        new Meanings(
            sample.stream().map(SampledSegment::emotion).toList(), Synonyms.common()::meaning);
    return Estimates.of(sample, Corrections.of(corrections, meanings::of), meanings);
  }

  private void answered() {
    segment("a", "angry", Part.RANDOM, false, 60);
    segment("b", "angry", Part.RANDOM, true, 60);
    segment("c", "angry", Part.RANDOM, false, 60);
    segment("d", "happy", Part.RANDOM, false, 40);
    segment("e", "happy", Part.RANDOM, false, 40);
    segment("f", "happy", Part.RANDOM, false, 40);
    answer("a", "kim", "anger");
    answer("b", "kim", "JOY");
    answer("c", "kim", NOT_SPEECH);
    answer("d", "kim", "joy");
    answer("e", "kim", "happiness");
    answer("f", "kim", "bored");
  }

  private static LabelFigures label(Estimates estimates, String label) {
    return estimates.labels().stream()
        .filter(figures -> figures.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sharesAndAccuracyAreWeightedByStratum() {
    answered();
    Estimates estimates = estimates();
    assertEquals(100, estimates.segments());
    assertEquals(new AnswerCounts(6, 6, 0, 0, 0), estimates.random());
    assertEquals(
        List.of("angry", "boredom", "happy", "not_speech"),
        estimates.labels().stream().map(LabelFigures::label).toList());
    // Of 60 segments a third each is angry, happy, not speech; of 40, two thirds are happy.
    assertEquals(0.2, label(estimates, "angry").share().value(), 1e-9);
    assertEquals(0.2 + 0.8 / 3, label(estimates, "happy").share().value(), 1e-9);
    assertEquals(0.2, label(estimates, "not_speech").timeShare().value(), 1e-9);
    assertEquals(0.6, label(estimates, "angry").modelShare().value(), 1e-9);
    assertEquals(0.2 + 0.8 / 3, estimates.accuracy().value(), 1e-9);
    assertEquals((20 + 80 / 3.0) / 80, estimates.accuracyShown().value(), 1e-9);
    assertEquals(1 / 3.0, label(estimates, "angry").precision().value(), 1e-9);
    assertEquals(1, label(estimates, "angry").recall().value(), 1e-9);
    assertEquals((80 / 3.0) / (20 + 80 / 3.0), label(estimates, "happy").recall().value(), 1e-9);
    assertNull(label(estimates, "boredom").precision(), "the model never says it");
    assertEquals(0, label(estimates, "boredom").recall().value());
    assertEquals(2 / 3.0, estimates.strata().get(1).accuracy().value(), 1e-9);
  }

  @Test
  void onlyTheRandomPartCounts() {
    answered();
    Estimates before = estimates();
    segment("u", "angry", Part.UNCERTAIN, true, 60);
    segment("v", "happy", Part.DIVERSE, false, 40);
    answer("u", "kim", "fear");
    answer("v", "kim", "fear");
    assertEquals(before, estimates());
  }

  @Test
  void segmentsWithoutAConsensusAreCountedButNotUsed() {
    answered();
    segment("g", "happy", Part.RANDOM, false, 40);
    segment("h", "happy", Part.RANDOM, false, 40);
    segment("i", "happy", Part.RANDOM, false, 40);
    answer("g", "kim", UNSURE);
    answer("h", "kim", "fear");
    answer("h", "lee", "joy");
    answer("a", "lee", "anger");
    Estimates estimates = estimates();
    assertEquals(new AnswerCounts(9, 6, 1, 1, 1), estimates.random());
    assertEquals(List.of("kim", "lee"), estimates.people());
    assertEquals(6, estimates.accuracy().answers());
    assertEquals(0.2 + 0.8 / 3, estimates.accuracy().value(), 1e-9);
  }

  @Test
  void tooFewAnswersAreRefused() {
    assertThrows(IllegalArgumentException.class, this::estimates);
    segment("a", "angry", Part.RANDOM, false, 60);
    segment("b", "angry", Part.RANDOM, false, 60);
    answer("a", "kim", "anger");
    answer("b", "kim", UNSURE);
    assertTrue(
        assertThrows(IllegalArgumentException.class, this::estimates)
            .getMessage()
            .contains("Fewer than two"));
  }
}
