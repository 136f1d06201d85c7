package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.audio.SegmentRef;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(TestPipelineExtension.class)
final class FeatureOriginTest {
  private static final FeatureSpec SPEC = FeatureSpec.mfcc();

  private static NormalizationSpec normalization(Normalization by, float mean) {
    Double archiveWeight = by.usesArchive() ? 8.0 : null;
    return new NormalizationSpec(by, 4, archiveWeight, List.of(mean), List.of(1f));
  }

  @Test
  void everyFeatureSpecHasItsOwnOrigin() {
    List<FeatureSpec> specs =
        List.of(
            SPEC,
            FeatureSpec.mfcc(1),
            FeatureSpec.prosody(),
            FeatureSpec.waveform(),
            FeatureSpec.waveform(false),
            FeatureSpec.emotionFunctionals(),
            SPEC.perturbed(0.9, 160),
            new FeatureSpec(22_050, SPEC.parts(), false));
    Set<FeatureOrigin> origins = new HashSet<>();
    specs.forEach(spec -> origins.add(FeatureOrigin.of(spec)));
    assertEquals(specs.size(), origins.size());
  }

  @Test
  void aSpecKeepsItsOriginInABundle() throws Exception {
    ObjectMapper json = new ObjectMapper();
    FeatureSpec read = json.readValue(json.writeValueAsString(SPEC), FeatureSpec.class);
    assertEquals(FeatureOrigin.of(SPEC), FeatureOrigin.of(read));
  }

  /** The user may group otherwise than the bundle says; the statistics stay those of its corpus. */
  @Test
  void anOriginDependsOnTheStatisticsAndNotOnTheGrouping() {
    FeatureOrigin speaker = FeatureOrigin.of(SPEC, normalization(Normalization.SPEAKER, 1));
    assertEquals(speaker, FeatureOrigin.of(SPEC, normalization(Normalization.NONE, 1)));
    assertNotEquals(speaker, FeatureOrigin.of(SPEC, normalization(Normalization.SPEAKER, 2)));
    assertNotEquals(speaker, FeatureOrigin.of(SPEC));
    assertEquals(FeatureOrigin.of(SPEC), FeatureOrigin.of(SPEC, null));
  }

  @ParameterizedTest
  @EnumSource
  void normalizeFeaturesRecordsItselfForEveryGrouping(Normalization by) {
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    NormalizationSpec spec = normalization(by, 1);
    FeatureOrigin expected = FeatureOrigin.of(SPEC, spec);
    PAssert.that(
            pipeline
                .apply(
                    Create.of(
                            new SpeechFeatures(
                                new SegmentRef("a", 0, 0, 1, Map.of()),
                                FeatureMatrix.of(1, 1, new float[] {3}),
                                FeatureOrigin.of(SPEC)))
                        .withCoder(SpeechFeaturesCoder.of()))
                .apply("Once", NormalizeFeatures.with(spec))
                .apply(
                    MapElements.into(TypeDescriptors.booleans())
                        .via(features -> features.origin().equals(expected))))
        .containsInAnyOrder(true);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void theRemedyNamesTheTransformThatIsMissingOrTooMuch() {
    FeatureOrigin raw = FeatureOrigin.of(SPEC);
    FeatureOrigin normalized = FeatureOrigin.of(SPEC, normalization(Normalization.NONE, 1));
    FeatureOrigin otherwise = FeatureOrigin.of(SPEC, normalization(Normalization.NONE, 2));
    FeatureOrigin twice = normalized.normalizedWith("1234");
    FeatureOrigin prosody = FeatureOrigin.of(FeatureSpec.prosody());

    assertContains(raw.remedy(normalized), "put NormalizeFeatures");
    assertContains(normalized.remedy(raw), "leave NormalizeFeatures out");
    assertContains(otherwise.remedy(normalized), "standardised with statistics");
    assertContains(twice.remedy(normalized), "once");
    assertContains(prosody.remedy(raw), "ExtractFeatures.of");
  }

  private static void assertContains(String text, String part) {
    assertTrue(text.contains(part), text);
  }
}
