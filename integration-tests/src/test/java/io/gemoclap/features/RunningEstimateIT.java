package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.SegmentRef;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.junit.jupiter.api.Test;

/**
 * The running estimate of {@link NormalizeFeatures} in Flink's own state: a streaming job of two
 * slots over three recordings, whose segments arrive in turn.
 */
final class RunningEstimateIT {
  private static final int RECORDINGS = 3;
  private static final int SEGMENTS = 40;
  private static final double PRIOR_WEIGHT = 2;

  /** What came out, by segment id: the embedded cluster runs in this process. */
  private static final Map<String, Float> OUT = new ConcurrentHashMap<>();

  private static float value(int recording, int segment) {
    return recording * 10 + segment % 7;
  }

  static final class ArriveFn extends DoFn<String, SpeechFeatures> {
    @ProcessElement
    public void process(OutputReceiver<SpeechFeatures> out) {
      for (int segment = 0; segment < SEGMENTS; segment++) {
        for (int recording = 0; recording < RECORDINGS; recording++) {
          out.output(
              new SpeechFeatures(
                  new SegmentRef("r" + recording, 0, segment, segment + 1, Map.of()),
                  FeatureMatrix.of(1, 1, new float[] {value(recording, segment)}),
                  FeatureOrigin.of(FeatureSpec.waveform())));
        }
      }
    }
  }

  static final class KeepFn extends DoFn<SpeechFeatures, Void> {
    @ProcessElement
    public void process(@Element SpeechFeatures segment) {
      OUT.merge(segment.ref().id(), segment.matrix().value(0, 0), (a, b) -> Float.NaN);
    }
  }

  private static void run(NormalizationSpec spec) {
    OUT.clear();
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=FlinkRunner", "--streaming=true", "--parallelism=2")
                .create());
    pipeline
        .apply(Create.of("start"))
        .apply("Arrive", ParDo.of(new ArriveFn()))
        .setCoder(SpeechFeaturesCoder.of())
        .setIsBoundedInternal(IsBounded.UNBOUNDED)
        .apply(NormalizeFeatures.with(spec))
        .apply("Keep", ParDo.of(new KeepFn()));
    assertEquals(PipelineResult.State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(RECORDINGS * SEGMENTS, OUT.size());
  }

  /** The archive changes by the clock, so that values differ; but each segment comes out once. */
  @Test
  void theRunningArchiveLosesAndDelaysNoSegment() {
    run(new NormalizationSpec(Normalization.AUTO, 2, 4.0, List.of(0f), List.of(1f)));
    OUT.forEach((id, value) -> assertTrue(Float.isFinite(value), id));
  }

  @Test
  void everySegmentIsMeasuredByThoseOfItsRecordingBeforeIt() {
    run(new NormalizationSpec(Normalization.RECORDING, PRIOR_WEIGHT, List.of(0f), List.of(1f)));
    for (int recording = 0; recording < RECORDINGS; recording++) {
      double sum = 0;
      double squares = 0;
      for (int segment = 0; segment < SEGMENTS; segment++) {
        double x = value(recording, segment);
        sum += x;
        squares += x * x;
        int n = segment + 1;
        double variance = squares / n - (sum / n) * (sum / n);
        double expected =
            (x - sum / (n + PRIOR_WEIGHT))
                / Math.sqrt((n * variance + PRIOR_WEIGHT) / (n + PRIOR_WEIGHT));
        String id = new SegmentRef("r" + recording, 0, segment, segment + 1, Map.of()).id();
        assertEquals(expected, OUT.get(id), 1e-4, id);
      }
    }
  }
}
