package io.gemoclap.training.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.features.FeaturePart.Preset;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PerturbationTest {
  private static final FeatureSpec SPEC = FeatureSpec.emotionFunctionals();

  private static List<Perturbation> draws(Gender gender) {
    SplittableRandom random = new SplittableRandom(6);
    List<Perturbation> draws = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      draws.add(Perturbation.draw(SPEC, gender, random));
    }
    return draws;
  }

  /** All values lie in the range, and the draws come close to both of its ends. */
  private static void assertFills(
      double low, double high, List<Perturbation> draws, ToDoubleFunction<Perturbation> value) {
    double least = draws.stream().mapToDouble(value).min().orElseThrow();
    double most = draws.stream().mapToDouble(value).max().orElseThrow();
    double margin = 0.02 * (high - low);
    assertTrue(least >= low - 1e-9 && most <= high + 1e-9, least + " to " + most);
    assertTrue(least < low + margin && most > high - margin, least + " to " + most);
  }

  @Test
  void aWomanIsRaisedFarAndLoweredLittle() {
    assertFills(1 / 1.08, 1.25, draws(Gender.FEMALE), Perturbation::speed);
  }

  @Test
  void aManIsLoweredFarAndRaisedLittle() {
    assertFills(1 / 1.25, 1.08, draws(Gender.MALE), Perturbation::speed);
  }

  @Test
  void unknownGenderMovesLittleEitherWay() {
    assertFills(1 / 1.08, 1.08, draws(Gender.UNKNOWN), Perturbation::speed);
  }

  @ParameterizedTest
  @EnumSource(Gender.class)
  void theRestDoesNotDependOnTheGender(Gender gender) {
    List<Perturbation> draws = draws(gender);
    assertFills(1 / 1.06, 1.06, draws, Perturbation::warp);
    assertFills(-1, 1, draws, Perturbation::tilt);
    assertFills(-6, 6, draws, Perturbation::gain);
    List<Perturbation> noisy =
        draws.stream().filter(p -> p.snr() < Double.POSITIVE_INFINITY).toList();
    assertFills(20, 45, noisy, Perturbation::snr);
    assertEquals(0.5, noisy.size() / 5_000.0, 0.03);
    assertEquals(0.5, draws.stream().filter(Perturbation::pink).count() / 5_000.0, 0.03);
  }

  @ParameterizedTest
  @EnumSource(Gender.class)
  void tempoChangesByFifteenPerCentAtMostOnTopOfTheSpeed(Gender gender) {
    for (Perturbation draw : draws(gender)) {
      double tempo = draw.hop() / 160.0 * Math.pow(draw.speed(), 0.7);
      assertTrue(tempo > 0.99 / 1.15 && tempo < 1.01 * 1.15, draw::toString);
    }
  }

  /** The log-mel features of towers reach up to half of the sampling rate. */
  @Test
  void aWarpBeyondHalfOfTheSamplingRateStillGivesFeatures() {
    FeatureSpec spec = FeatureSpec.logMel(Preset.LIBROSA);
    Perturbation longer = new Perturbation(1, 1.06, 160, 0, Double.POSITIVE_INFINITY, false, 0, 0);
    assertTrue(longer.extract(new float[16_000], spec).frames() > 0);
  }

  @Test
  void theSameSeedDrawsTheSame() {
    assertEquals(draws(Gender.MALE), draws(Gender.MALE));
  }

  @Test
  void noPerturbationKeepsTheSpec() {
    Perturbation none = Perturbation.none(SPEC);
    assertEquals(SPEC, SPEC.perturbed(none.warp(), none.hop()));
    assertEquals(1, none.speed());
    assertEquals(0, none.gain());
    assertEquals(Double.POSITIVE_INFINITY, none.snr());
  }
}
