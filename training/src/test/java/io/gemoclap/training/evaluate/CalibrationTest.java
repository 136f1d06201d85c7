package io.gemoclap.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.training.evaluate.Calibration.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CalibrationTest {

  /** Items whose truths are drawn from the softmax of their logits, which are then sharpened. */
  private static List<Item> sharpened(double factor) {
    SplittableRandom random = new SplittableRandom(4);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      double[] logits = {
        2 * random.nextGaussian(), 2 * random.nextGaussian(), 2 * random.nextGaussian()
      };
      double[] p = ZeroShotClassifier.softmax(logits, 1);
      double draw = random.nextDouble();
      int truth = draw < p[0] ? 0 : draw < p[0] + p[1] ? 1 : 2;
      for (int c = 0; c < logits.length; c++) {
        logits[c] *= factor;
      }
      items.add(new Item(logits, truth));
    }
    return items;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 1, 3, 12})
  void theTemperatureUndoesAKnownSharpening(double factor) {
    assertEquals(factor, Calibration.temperature(sharpened(factor)), 0.03 * factor);
  }

  @Test
  void calibratedConfidencesAreHonestAndSharpenedOnesAreNot() {
    List<Item> items = sharpened(3);
    assertTrue(Calibration.expectedError(items, 1) > 0.08);
    assertTrue(Calibration.expectedError(items, 3) < 0.015);
  }

  /** Logits whose softmax over two classes is {@code p} for the first. */
  private static Item item(double p, int truth) {
    return new Item(new double[] {Math.log(p), Math.log(1 - p)}, truth);
  }

  @Test
  void expectedErrorByHand() {
    // Two items at 0.9, one of them right: gap 0.4. Two at 0.6, both right: gap 0.4.
    assertEquals(
        0.4,
        Calibration.expectedError(
            List.of(item(0.9, 0), item(0.9, 1), item(0.6, 0), item(0.6, 0)), 1),
        1e-12);
    // Three at 0.9, all right: gap 0.1. One at 0.6, wrong: gap 0.6. Weighted by 3 and 1.
    assertEquals(
        (3 * 0.1 + 0.6) / 4,
        Calibration.expectedError(
            List.of(item(0.9, 0), item(0.9, 0), item(0.9, 0), item(0.6, 1)), 1),
        1e-12);
  }

  @Test
  void fullConfidenceFallsIntoTheLastBin() {
    assertEquals(
        0, Calibration.expectedError(List.of(new Item(new double[] {1000, 0}, 0)), 1), 1e-12);
    assertEquals(
        1, Calibration.expectedError(List.of(new Item(new double[] {1000, 0}, 1)), 1), 1e-12);
  }

  @Test
  void confidentAndAlwaysWrongIsCooledAsFarAsItGoes() {
    List<Item> wrong = List.of(new Item(new double[] {9, 0}, 1), new Item(new double[] {0, 9}, 0));
    assertEquals(50, Calibration.temperature(wrong), 0.1);
  }

  @Test
  void alwaysRightIsSharpenedAsFarAsItGoes() {
    List<Item> right = List.of(item(0.501, 0), item(0.499, 1));
    assertEquals(0.02, Calibration.temperature(right), 1e-6);
  }

  @Test
  void aFoldIsJudgedAtTheTemperatureOfTheOthers() {
    Map<String, List<Item>> folds =
        Map.of("sharp", sharpened(12), "plain", sharpened(1), "plain too", sharpened(1));
    Map<String, Double> temperatures = Calibration.leavingOneOut(folds);
    assertEquals(folds.keySet(), temperatures.keySet());
    assertEquals(1, temperatures.get("sharp"), 0.03);
    assertTrue(temperatures.get("plain") > 1.5, "the sharp fold is among its others");
  }

  @Test
  void oneFoldHasNoOthersToLearnFrom() {
    assertEquals(Map.of(), Calibration.leavingOneOut(Map.of("only", sharpened(1))));
  }

  @Test
  void withoutItemsThereIsNoExpectedError() {
    assertEquals(Double.NaN, Calibration.expectedError(List.of(), 1));
    assertEquals(List.of(), new Reliability().bins());
  }

  @Test
  void binsHoldConfidenceAndAccuracy() {
    Reliability reliability =
        Confidences.of(List.of(item(0.9, 0), item(0.92, 1), item(0.61, 0)), new double[] {1, 1, 1})
            .reliability();
    List<Reliability.Bin> bins = reliability.bins();
    assertEquals(2, bins.size());
    // 0.61 lies in 9/15 to 10/15; 0.9 and 0.92 in 13/15 to 14/15.
    assertEquals(9 / 15.0, bins.get(0).low(), 1e-12);
    assertEquals(10 / 15.0, bins.get(0).high(), 1e-12);
    assertEquals(1, bins.get(0).items());
    assertEquals(0.61, bins.get(0).confidence(), 1e-12);
    assertEquals(1, bins.get(0).accuracy());
    assertEquals(14 / 15.0, bins.get(1).high(), 1e-12);
    assertEquals(2, bins.get(1).items());
    assertEquals(0.91, bins.get(1).confidence(), 1e-12);
    assertEquals(0.5, bins.get(1).accuracy());
  }
}
