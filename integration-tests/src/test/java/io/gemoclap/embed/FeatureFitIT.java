package io.gemoclap.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.UntrainedBundle;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.failure.Outcome;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureOrigin;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.features.SpeechFeaturesCoder;
import io.gemoclap.model.ModelManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Features of another origin than a bundle's have the right shape and give a confident answer, so
 * only their origin can tell: each becomes a failure that says what to change.
 */
@ExtendWith(TestPipelineExtension.class)
final class FeatureFitIT {

  private static SpeechFeatures features(String recording, int columns, FeatureOrigin origin) {
    return new SpeechFeatures(
        new SegmentRef(recording, 0, 0, 1, Map.of()),
        FeatureMatrix.of(1, columns, new float[columns]),
        origin);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void onlyFeaturesOfTheBundlesOriginAreEmbedded(
      boolean plain, TestPipeline pipeline, @TempDir Path folder) throws IOException {
    String bundle =
        plain ? UntrainedBundle.plain(folder.resolve("plain")).toString() : Bundles.BUNDLED;
    ModelManifest manifest = Bundles.manifest(bundle);
    FeatureSpec spec = manifest.featureSpec();
    int columns = spec.extractor().dims();
    NormalizationSpec own = Bundles.manifest(Bundles.BUNDLED).normalization();
    NormalizationSpec foreign =
        new NormalizationSpec(
            own.by(),
            own.priorWeight(),
            own.archiveWeight(),
            Collections.nCopies(columns, 0f),
            Collections.nCopies(columns, 1f));
    int given = plain ? columns : own.outputDims();
    FeatureOrigin wanted = FeatureOrigin.of(spec, manifest.normalization());
    Map<String, FeatureOrigin> origins = new TreeMap<>();
    origins.put("raw", FeatureOrigin.of(spec));
    origins.put("normalised", FeatureOrigin.of(spec, own));
    origins.put("normalised otherwise", FeatureOrigin.of(spec, foreign));
    origins.put("another spec", FeatureOrigin.of(FeatureSpec.prosody(), manifest.normalization()));
    List<SpeechFeatures> items = new ArrayList<>();
    List<String> misfits = new ArrayList<>();
    List<String> fits = new ArrayList<>();
    origins.forEach(
        (name, origin) -> {
          items.add(features(name, given, origin));
          if (origin.equals(wanted)) {
            fits.add(name);
          } else {
            misfits.add("EmbedSpeech UNFIT " + name);
          }
        });
    assertEquals(1, fits.size());

    Outcome<SpeechEmbedding> outcome =
        pipeline
            .apply(Create.of(items).withCoder(SpeechFeaturesCoder.of()))
            .apply(EmbedSpeech.with(bundle));

    PAssert.that(
            outcome
                .failures()
                .apply(
                    "Failures",
                    MapElements.into(TypeDescriptors.strings())
                        .via(f -> f.getStage() + " " + f.getKindName() + " " + f.getRecording())))
        .containsInAnyOrder(misfits);
    PAssert.that(
            outcome
                .results()
                .apply(
                    "Results",
                    MapElements.into(TypeDescriptors.strings()).via(e -> e.ref().recording())))
        .containsInAnyOrder(fits);
    pipeline.run().waitUntilFinish();
  }
}
