package io.gemoclap.embed;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Throwables;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.failure.WorkerFaultException;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureOrigin;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.features.SpeechFeaturesCoder;
import io.gemoclap.model.SharedModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An engine that can embed nothing any more ends the job and blames no segment. It dies by closing
 * the model that all workers of this JVM share.
 */
final class EngineDeathIT {
  private static SharedModels.Lease lease;
  private FeatureSpec spec;
  private NormalizationSpec normalization;
  private int dims;

  @BeforeEach
  void load() throws IOException {
    lease = SharedModels.acquire(Bundles.open(Bundles.BUNDLED), false);
    spec = lease.model().manifest().featureSpec();
    normalization = lease.model().manifest().normalization();
    dims = normalization.outputDims();
  }

  @AfterEach
  void free() {
    lease.close();
  }

  private SpeechFeatures features(int index, int columns) {
    SegmentRef ref = new SegmentRef("call-" + index, 0, 0, 1, Map.of());
    return new SpeechFeatures(
        ref,
        FeatureMatrix.of(1, columns, new float[columns]),
        FeatureOrigin.of(spec, normalization));
  }

  private static final class DyingFn extends DoFn<SpeechFeatures, SpeechFeatures> {
    @ProcessElement
    public void process(@Element SpeechFeatures features, OutputReceiver<SpeechFeatures> out) {
      if (features.ref().recording().equals("call-20")) {
        lease.model().close();
      }
      out.output(features);
    }
  }

  @Test
  void anEngineThatDiesDuringAJobEndsTheJob() throws IOException {
    List<SpeechFeatures> items = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      items.add(features(i, dims));
    }
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(items).withCoder(SpeechFeaturesCoder.of()))
        .apply(ParDo.of(new DyingFn()))
        .apply(EmbedSpeech.with(Bundles.BUNDLED));

    Throwable thrown = assertThrows(RuntimeException.class, () -> pipeline.run().waitUntilFinish());

    WorkerFaultException fault =
        assertInstanceOf(WorkerFaultException.class, Throwables.getRootCause(thrown));
    assertTrue(fault.getMessage().contains("Restart this worker's process"), fault.getMessage());
  }

  @Test
  void aSegmentThatTheModelRefusesIsOneFailureWhileTheEngineLives() throws IOException {
    Pipeline pipeline = Pipeline.create();
    var outcome =
        pipeline
            .apply(
                Create.of(List.of(features(0, dims), features(1, dims + 1), features(2, dims)))
                    .withCoder(SpeechFeaturesCoder.of()))
            .apply(EmbedSpeech.with(Bundles.BUNDLED));
    PAssert.that(
            outcome
                .failures()
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(f -> f.getRecording() + " " + f.getKindName())))
        .containsInAnyOrder("call-1 MODEL");
    pipeline.run().waitUntilFinish();
  }
}
