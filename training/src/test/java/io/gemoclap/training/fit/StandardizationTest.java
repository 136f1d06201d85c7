package io.gemoclap.training.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.example.Example;
import io.gemoclap.training.example.Examples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class StandardizationTest {
  /** Columns: the voice; the voice with as much of the recording. The second version is a voice. */
  private static Examples examples() {
    SplittableRandom random = new SplittableRandom(8);
    List<Example> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      float voice = (float) random.nextDouble();
      List<FeatureMatrix> versions = new ArrayList<>();
      for (int version = 0; version < 6; version++) {
        float own = version == 1 ? (float) random.nextDouble() : voice;
        float recording = version > 1 || version == 0 ? (float) random.nextDouble() : 0;
        versions.add(FeatureMatrix.of(1, 2, new float[] {own, own + recording}));
      }
      all.add(new Example(Utterance.of("u" + i, "u.wav").build(), 1, versions));
    }
    return Examples.of(all);
  }

  @Test
  void withoutTamingEachColumnHasAVarianceOfOne() throws IOException {
    Standardization plain = Standardization.of(examples(), 0);
    assertEquals(0.5, plain.means()[0], 0.02);
    assertEquals(Math.sqrt(12), plain.scales()[0], 0.1);
  }

  @Test
  void aColumnIsScaledByTheShareThatDegradationsDoNotExplain() throws IOException {
    Standardization plain = Standardization.of(examples(), 0);
    Standardization tamed = Standardization.of(examples(), 4);
    assertEquals(plain.means()[1], tamed.means()[1]);
    assertEquals(1, tamed.scales()[0] / plain.scales()[0], 1e-3);
    assertEquals(0.5, tamed.scales()[1] / plain.scales()[1], 0.05);
  }
}
