package io.gemoclap.training.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.example.Example;
import io.gemoclap.training.example.Examples;
import io.gemoclap.training.fit.TrainConfig.Balance;
import io.gemoclap.training.fit.TrainConfig.Sampling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BatchesTest {
  private static final FeatureMatrix ROW = FeatureMatrix.of(1, 1, new float[] {0});

  /** Thirty of anger by three speakers (20, 5, 5), ten of joy by one. */
  private static List<Example> examples() {
    List<Example> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String emotion = i < 30 ? "anger" : "joy";
      String speaker = i < 20 ? "a" : i < 25 ? "b" : i < 30 ? "c" : "a";
      Utterance utterance =
          Utterance.of("u" + i, "u" + i + ".wav").speaker(speaker).label(emotion, emotion).build();
      all.add(new Example(utterance, 1, List.of(ROW)));
    }
    return all;
  }

  private static List<Utterance> utterances() {
    return examples().stream().map(Example::utterance).toList();
  }

  private static List<List<String>> epoch(Balance balance, int buffer, int size, long seed)
      throws IOException {
    List<List<String>> batches = new ArrayList<>();
    try (Batches all =
        new Batches(
            Examples.of(examples()),
            Oversampling.of(utterances(), balance),
            new Sampling(balance, buffer),
            size,
            new SplittableRandom(seed))) {
      all.forEachRemaining(
          batch -> batches.add(batch.stream().map(e -> e.utterance().id()).toList()));
    }
    return batches;
  }

  @Test
  void anEpochHoldsEveryExampleOnceButTheRestThatFillsNoBatch() throws IOException {
    List<String> ids = epoch(Balance.NONE, 16, 12, 1).stream().flatMap(List::stream).toList();
    assertEquals(36, ids.size());
    assertEquals(36, new HashSet<>(ids).size());
  }

  @Test
  void fewExamplesMakeOneSmallBatch() throws IOException {
    assertEquals(List.of(40), epoch(Balance.NONE, 16, 64, 1).stream().map(List::size).toList());
  }

  @Test
  void equalSeedsGiveEqualBatchesAndOthersDoNot() throws IOException {
    assertEquals(epoch(Balance.CLASS, 16, 8, 3), epoch(Balance.CLASS, 16, 8, 3));
    assertNotEquals(epoch(Balance.NONE, 16, 8, 3), epoch(Balance.NONE, 16, 8, 4));
  }

  /** With a buffer of 8, the k-th drawn is one of the first k + 8. */
  @Test
  void theBufferBoundsHowFarAnExampleMoves() throws IOException {
    List<String> ids = epoch(Balance.NONE, 8, 8, 1).stream().flatMap(List::stream).toList();
    for (int k = 0; k < ids.size(); k++) {
      assertTrue(Integer.parseInt(ids.get(k).substring(1)) < k + 8, ids.toString());
    }
  }

  @Test
  void classesGetEqualShares() {
    Oversampling multiplicity = Oversampling.of(utterances(), Balance.CLASS);
    assertEquals(40.0 / 2 / 30, multiplicity.expected(utterances().get(0)), 1e-12);
    assertEquals(40.0 / 2 / 10, multiplicity.expected(utterances().get(35)), 1e-12);
  }

  @Test
  void speakersWithinAClassGetEqualShares() {
    Oversampling multiplicity = Oversampling.of(utterances(), Balance.CLASS_AND_SPEAKER);
    assertEquals(40.0 / 2 / 3 / 20, multiplicity.expected(utterances().get(0)), 1e-12);
    assertEquals(40.0 / 2 / 3 / 5, multiplicity.expected(utterances().get(22)), 1e-12);
    assertEquals(40, utterances().stream().mapToDouble(multiplicity::expected).sum(), 1e-9);
  }

  @Test
  void drawnNumbersAverageToTheExpectedOnes() {
    Oversampling multiplicity = Oversampling.of(utterances(), Balance.CLASS);
    SplittableRandom random = new SplittableRandom(1);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < 9_000; i++) {
      counts.merge(multiplicity.draw(utterances().get(0), random), 1, Integer::sum);
    }
    assertEquals(6_000, counts.get(1), 200);
    assertEquals(3_000, counts.get(0), 200);
  }
}
