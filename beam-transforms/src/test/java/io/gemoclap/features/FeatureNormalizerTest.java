package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected numbers are worked out by hand from the formula in {@link FeatureNormalizer}. */
final class FeatureNormalizerTest {
  private static final float TOLERANCE = 1e-6f;

  /** Two columns, believed to be around 10 and 0 with deviations 2 and 1, weighing 4 segments. */
  private static final NormalizationSpec PRIOR =
      new NormalizationSpec(Normalization.SPEAKER, 4, List.of(10f, 0f), List.of(2f, 1f));

  private static FeatureMatrix row(float... values) {
    return FeatureMatrix.of(1, values.length, values);
  }

  private static GroupStatistics group(FeatureMatrix... segments) {
    GroupStatistics group = GroupStatistics.none();
    for (FeatureMatrix segment : segments) {
      group = group.plus(GroupStatistics.of(segment));
    }
    return group;
  }

  private static void assertNormalized(
      float[] expected, FeatureMatrix segment, GroupStatistics group) {
    FeatureMatrix actual = PRIOR.normalizer().normalize(segment, group);
    assertEquals(segment.frames(), actual.frames());
    assertArrayEquals(expected, actual.values(), TOLERANCE);
  }

  @Test
  void anUnknownGroupIsMeasuredByThePriorAlone() {
    assertNormalized(new float[] {1, -3}, row(12, -3), GroupStatistics.none());
  }

  /** Column 0: μ = (15 + 4·10) / 5 = 11, σ² = (0 + 4·4) / 5 = 3.2; column 1: μ = 1, σ² = 0.8. */
  @Test
  void aSingleSegmentLeansOnThePrior() {
    assertNormalized(
        new float[] {(float) (4 / Math.sqrt(3.2)), (float) (4 / Math.sqrt(0.8))},
        row(15, 5),
        group(row(15, 5)));
  }

  /** Column 0: n = 4, m = 14, v = 1, so μ = 12, σ² = (4 + 16) / 8; column 1: μ = 3, σ² = 8.5. */
  @Test
  void asManySegmentsAsThePriorWeighsShareTheSay() {
    GroupStatistics four = group(row(13, 2), row(15, 2), row(13, 10), row(15, 10));

    assertNormalized(
        new float[] {(float) (3 / Math.sqrt(2.5)), (float) (-3 / Math.sqrt(8.5))},
        row(15, 0),
        four);
  }

  @Test
  void manySegmentsAreMeasuredByThemselves() {
    GroupStatistics many = GroupStatistics.none();
    for (int i = 0; i < 200_000; i++) {
      many = many.plus(GroupStatistics.of(row(i % 2 == 0 ? 97 : 103, i % 2 == 0 ? -40 : 40)));
    }
    FeatureMatrix actual = PRIOR.normalizer().normalize(row(106, 40), many);

    assertArrayEquals(new float[] {2, 1}, actual.values(), 1e-3f);
  }

  @Test
  void aConstantColumnBecomesZeroNotInfinity() {
    GroupStatistics constant = GroupStatistics.none();
    for (int i = 0; i < 100_000; i++) {
      constant = constant.plus(GroupStatistics.of(row(12, 3)));
    }
    assertArrayEquals(
        new float[] {0, 0}, PRIOR.normalizer().normalize(row(12, 3), constant).values(), 0.02f);
  }

  @Test
  void framesAreIndependentOfPositionAndTheSegmentIsNotModified() {
    FeatureMatrix frames = FeatureMatrix.of(2, 2, new float[] {12, 1, 8, 2});

    assertNormalized(new float[] {1, 1, -1, 2}, frames, GroupStatistics.none());
    assertArrayEquals(new float[] {12, 1, 8, 2}, frames.values());
  }

  @Test
  void otherColumnsAreRejected() {
    FeatureNormalizer normalizer = PRIOR.normalizer();
    assertThrows(
        IllegalArgumentException.class,
        () -> normalizer.normalize(row(1, 2, 3), GroupStatistics.none()));
    assertThrows(
        IllegalArgumentException.class, () -> normalizer.normalize(row(1, 2), group(row(1))));
  }

  /**
   * Groups {0, 2}, {10, 10, 16} and {4}: the mean of six is 7; the variances 1 and 8 of the first
   * two weigh (2·1 + 3·8) / 5 together. The group of one moves the mean alone.
   */
  @Test
  void thePriorIsLearnedFromTheVarianceWithinGroups() {
    GroupStatistics pair = group(row(0, 5_000), row(2, 5_000));
    GroupStatistics three = group(row(10, 5_000), row(10, 5_000), row(16, 5_000));
    GroupStatistics single = group(row(4, 5_000));

    NormalizationSpec spec =
        NormalizationSpec.fit(Normalization.SPEAKER, 3, List.of(pair, three, single));

    assertEquals(7.0f, spec.means().get(0), TOLERANCE);
    assertEquals(Math.sqrt(26.0 / 5), spec.deviations().get(0), TOLERANCE);
    assertEquals(0.5f, spec.deviations().get(1), TOLERANCE, "1e-4 of the mean");
    assertEquals(3, spec.priorWeight());
    assertEquals(Normalization.SPEAKER, spec.by());
  }

  @Test
  void groupsOfOneAreJudgedByTheVarianceBetweenThem() {
    NormalizationSpec spec =
        NormalizationSpec.fit(
            Normalization.RECORDING,
            3,
            List.of(group(row(1, 0)), group(row(5, 0)), GroupStatistics.none()));

    assertEquals(List.of(3f, 0f), spec.means());
    assertEquals(List.of(2f, 1e-4f), spec.deviations());
  }

  @Test
  void aPriorNeedsASegment() {
    assertThrows(
        IllegalArgumentException.class,
        () -> NormalizationSpec.fit(Normalization.SPEAKER, 3, List.of(GroupStatistics.none())));
  }

  @Test
  void theSpecIsWrittenInSnakeCaseAndReadBackEqual() throws Exception {
    ObjectMapper json = new ObjectMapper();
    String text = json.writeValueAsString(PRIOR);

    assertEquals(
        "{\"by\":\"speaker\",\"prior_weight\":4.0,\"means\":[10.0,0.0],\"deviations\":[2.0,1.0]}",
        text);
    assertEquals(PRIOR, json.readValue(text, NormalizationSpec.class));
  }

  @Test
  void wrongNumbersAreRejected() {
    List<Float> one = List.of(1f);
    for (NormalizationSpecMaker wrong :
        List.<NormalizationSpecMaker>of(
            () -> new NormalizationSpec(null, 1, one, one),
            () -> new NormalizationSpec(Normalization.NONE, 0, one, one),
            () -> new NormalizationSpec(Normalization.NONE, Double.NaN, one, one),
            () -> new NormalizationSpec(Normalization.NONE, 1, one, List.of(0f)),
            () -> new NormalizationSpec(Normalization.NONE, 1, one, List.of(1f, 1f)),
            () -> new NormalizationSpec(Normalization.NONE, 1, List.of(Float.NaN), one),
            () -> new NormalizationSpec(Normalization.NONE, 1, List.of(), List.of()))) {
      String message = assertThrows(IllegalArgumentException.class, wrong::make).getMessage();
      assertTrue(message.contains("ormalisation"), message);
    }
  }

  private interface NormalizationSpecMaker {
    NormalizationSpec make();
  }
}
