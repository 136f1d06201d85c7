package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Training corpus, archive and group, with numbers worked out by hand. */
final class HierarchyTest {
  /**
   * The corpus: mean 10, variance 4. It weighs 6 segments of an archive, the archive 2 of a group.
   */
  private static final NormalizationSpec SPEC =
      new NormalizationSpec(Normalization.AUTO, 2, 6.0, List.of(10f), List.of(2f));

  /** Mean 18, variance 16: below the corpus μ = (2·18 + 6·10) / 8 = 12, σ² = (32 + 24) / 8 = 7. */
  private static final GroupStatistics ARCHIVE = group(14, 22);

  /** Mean 22, variance 9. */
  private static final GroupStatistics GROUP = group(19, 25);

  private static FeatureMatrix value(float value) {
    return FeatureMatrix.of(1, 1, new float[] {value});
  }

  private static GroupStatistics group(float... values) {
    GroupStatistics group = GroupStatistics.none();
    for (float value : values) {
      group = group.plus(GroupStatistics.of(value(value)));
    }
    return group;
  }

  private static void assertNormalized(
      double expected, float x, GroupStatistics archive, GroupStatistics group) {
    FeatureMatrix z = SPEC.normalizer().withArchive(archive).normalize(value(x), group);
    assertEquals(2, z.dims());
    assertArrayEquals(new float[] {(float) expected, (x - 10) / 2}, z.values(), 1e-6f);
  }

  @Test
  void nothingKnownLeavesTheCorpus() {
    assertNormalized(1.5, 13, GroupStatistics.none(), GroupStatistics.none());
  }

  @Test
  void theArchiveShrinksTowardsTheCorpus() {
    assertNormalized(9 / Math.sqrt(7), 21, ARCHIVE, GroupStatistics.none());
  }

  /** μ = (2·22 + 2·12) / 4 = 17, σ² = (2·9 + 2·7) / 4 = 8. */
  @Test
  void theGroupShrinksTowardsTheArchive() {
    assertNormalized(4 / Math.sqrt(8), 21, ARCHIVE, GROUP);
  }

  /** μ = (2·22 + 2·10) / 4 = 16, σ² = (2·9 + 2·4) / 4 = 6.5. */
  @Test
  void withoutAnArchiveTheGroupShrinksTowardsTheCorpus() {
    assertNormalized(5 / Math.sqrt(6.5), 21, GroupStatistics.none(), GROUP);
  }

  @Test
  void theArchiveDoesNotReplaceAnEarlierOneBelowIt() {
    FeatureNormalizer normalizer =
        SPEC.normalizer().withArchive(group(1, 2, 3)).withArchive(ARCHIVE);
    assertEquals(9 / Math.sqrt(7), normalizer.normalize(value(21), group()).value(0, 0), 1e-6);
  }

  @Test
  void everyFrameHasItsColumnsFirstAndThenThoseOfTheCorpus() {
    NormalizationSpec spec =
        new NormalizationSpec(Normalization.AUTO, 2, 6.0, List.of(0f, 10f), List.of(1f, 2f));
    FeatureMatrix frames = FeatureMatrix.of(2, 2, new float[] {1, 12, 3, 8});
    GroupStatistics group = GroupStatistics.of(FeatureMatrix.of(1, 2, new float[] {4, 10}));

    FeatureMatrix z = spec.normalizer().normalize(frames, group);

    assertEquals(4, spec.outputDims());
    float mean = 4 / 3f;
    float scale = (float) Math.sqrt(3 / 2.0);
    float other = (float) (2 / Math.sqrt(8 / 3.0));
    assertArrayEquals(
        new float[] {
          (1 - mean) * scale, other, 1, 1, (3 - mean) * scale, -other, 3, -1,
        },
        z.values(),
        1e-6f);
  }

  /** Values 0, 2 and 10, 16 of two voices: mean 7, mean square 360 / 4 − 49. */
  @Test
  void theCorpusIsLearnedFromAllSegments() {
    NormalizationSpec spec =
        NormalizationSpec.fitHierarchy(4, 32, List.of(group(0, 2), group(10, 16)));

    assertEquals(Normalization.AUTO, spec.by());
    assertEquals(32, spec.archiveWeight());
    assertEquals(List.of(7f), spec.means());
    assertEquals(Math.sqrt(41), spec.deviations().get(0), 1e-6);
  }

  @Test
  void jsonKeepsTheArchiveWeightAndEarlierBundlesHaveNone() throws Exception {
    ObjectMapper json = new ObjectMapper();
    String text = json.writeValueAsString(SPEC);
    assertTrue(text.contains("\"archive_weight\":6.0"), text);
    assertFalse(text.contains("hierarchical"), text);
    assertEquals(SPEC, json.readValue(text, NormalizationSpec.class));

    String earlier =
        "{\"by\":\"speaker\",\"prior_weight\":4.0,\"means\":[1.0],\"deviations\":[2.0]}";
    NormalizationSpec read = json.readValue(earlier, NormalizationSpec.class);
    assertFalse(read.isHierarchical());
    assertEquals(1, read.outputDims());
    assertEquals(earlier, json.writeValueAsString(read));
    FeatureNormalizer normalizer = read.normalizer();
    assertArrayEquals(
        normalizer.normalize(value(5), GROUP).values(),
        normalizer.withArchive(ARCHIVE).normalize(value(5), GROUP).values(),
        "its archive is ignored");
  }

  @Test
  void theArchiveNeedsAWeight() {
    List<Float> one = List.of(1f);
    for (Double weight : new Double[] {null, 0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new NormalizationSpec(Normalization.ARCHIVE, 1, weight, one, one),
          "" + weight);
    }
    NormalizationSpec earlier = new NormalizationSpec(Normalization.SPEAKER, 1, one, one);
    assertThrows(IllegalArgumentException.class, () -> earlier.withGrouping(Normalization.AUTO));
  }
}
