package io.gemoclap.training.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.features.FeatureMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DegradationShareTest {
  private static FeatureMatrix row(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return FeatureMatrix.of(1, floats.length, floats);
  }

  /** Columns: the voice alone, the recording alone, both with equal variance, and a constant. */
  @Test
  void isTheShareOfTheVarianceThatCopiesMake() {
    SplittableRandom random = new SplittableRandom(4);
    DegradationShare share = new DegradationShare();
    for (int i = 0; i < 2_000; i++) {
      double voice = random.nextDouble();
      List<FeatureMatrix> versions = new ArrayList<>();
      for (int version = 0; version < 4; version++) {
        double recording = random.nextDouble();
        versions.add(row(voice, recording, voice + recording, 7));
      }
      share.add(versions.get(0), versions.subList(1, 4));
    }
    assertEquals(0, share.of(0), 1e-6);
    assertEquals(1, share.of(1), 0.03);
    assertEquals(0.5, share.of(2), 0.03);
    assertEquals(0, share.of(3));
  }

  @Test
  void framesCountByTheirMean() {
    DegradationShare share = new DegradationShare();
    for (int i = 0; i < 10; i++) {
      FeatureMatrix clean = FeatureMatrix.of(2, 1, new float[] {i - 1, i + 1});
      share.add(clean, List.of(FeatureMatrix.of(3, 1, new float[] {i, i - 2, i + 2})));
    }
    assertEquals(0, share.of(0), 1e-9);
  }
}
