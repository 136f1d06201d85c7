package io.gemoclap.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.training.evaluate.Calibration.Item;
import io.gemoclap.training.evaluate.ConfidenceFit.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ConfidenceFitTest {
  /** Truths are drawn at the temperature τ · dᵇ of each sample. */
  private static List<Sample> drawn(double temperature, double exponent, boolean distances) {
    SplittableRandom random = new SplittableRandom(7);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      double[] logits = {
        4 * random.nextGaussian(), 4 * random.nextGaussian(), 4 * random.nextGaussian()
      };
      double logDistance = distances ? random.nextDouble() : 0;
      double[] p =
          ZeroShotClassifier.softmax(logits, Math.exp(-exponent * logDistance) / temperature);
      double draw = random.nextDouble();
      int truth = draw < p[0] ? 0 : draw < p[0] + p[1] ? 1 : 2;
      samples.add(new Sample(new Item(logits, truth), logDistance));
    }
    return samples;
  }

  @Test
  void findsTheTemperatureAndTheExponentThatTruthsWereDrawnAt() {
    ConfidenceFit fit = ConfidenceFit.of(drawn(1.5, 1.2, true));
    assertEquals(1.5, fit.temperature(), 0.08);
    assertEquals(1.2, fit.exponent(), 0.1);
  }

  @Test
  void farSegmentsAreNeverTrustedMore() {
    ConfidenceFit fit = ConfidenceFit.of(drawn(1.5, -1, true));
    assertEquals(0, fit.exponent());
  }

  @Test
  void withoutDistancesItIsTemperatureScaling() {
    List<Sample> samples = drawn(2.5, 1, false);
    ConfidenceFit fit = ConfidenceFit.of(samples);
    assertEquals(
        Calibration.temperature(samples.stream().map(Sample::item).toList()),
        fit.temperature(),
        1e-3);
    assertEquals(0, fit.exponent(), 1e-6);
  }
}
