package io.gemoclap.training.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.features.FeatureSpec;
import io.gemoclap.training.degrade.Degradation;
import io.gemoclap.training.degrade.Degradation.Stage;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CopyTest {
  private static final FeatureSpec SPEC = FeatureSpec.emotionFunctionals();

  private static float[] samples() {
    float[] samples = new float[16_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.2 * Math.sin(0.05 * i) * Math.sin(0.001 * i));
    }
    return samples;
  }

  @Test
  void allUtterancesOfAnArchiveAreDegradedAlike() {
    for (long archive = 0; archive < 50; archive++) {
      Copy one = Copy.ofArchive(SPEC, Stage.ROOM, archive, "a");
      Copy other = Copy.ofArchive(SPEC, Stage.ROOM, archive, "b");
      assertTrue(one.degradations().stream().anyMatch(each -> each.stage() == Stage.ROOM));
      assertEquals(one.degradations(), other.degradations());
      assertEquals(one.archive(), other.archive());
      assertTrue(one.degradations().size() == 1 || one.degradations().size() == 2);
      assertEquals(Perturbation.none(SPEC), one.voice());
    }
  }

  @Test
  void degradationsHappenInTheOrderOfTheirStages() {
    Set<Degradation> drawn = new HashSet<>();
    for (long archive = 0; archive < 500; archive++) {
      List<Stage> stages = List.of(Stage.values());
      Stage stage = stages.get((int) archive % stages.size());
      List<Degradation> degradations = Copy.ofArchive(SPEC, stage, archive, "a").degradations();
      drawn.addAll(degradations);
      for (int i = 1; i < degradations.size(); i++) {
        assertTrue(degradations.get(i - 1).stage().compareTo(degradations.get(i).stage()) < 0);
      }
    }
    assertEquals(EnumSet.allOf(Degradation.class), drawn);
  }

  @Test
  void theFeaturesAreThoseOfTheDegradedSamples() {
    Copy copy = Copy.degraded(SPEC, Degradation.CLIPPING_HARSH, 3, "a");
    float[] degraded = Degradation.CLIPPING_HARSH.apply(samples(), 16_000, 3, "a");
    float[] features = copy.extract(samples(), SPEC).values();
    assertArrayEquals(SPEC.extractor().extract(degraded).values(), features);
    assertFalse(Arrays.equals(Copy.clean(SPEC).extract(samples(), SPEC).values(), features));
  }
}
