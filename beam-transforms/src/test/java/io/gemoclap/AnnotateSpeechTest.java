package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Iterables;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.bundle.BundleCopies;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.bundle.CountedVerifications;
import io.gemoclap.model.FakeModels;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.Labels;
import io.gemoclap.score.RecordingSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From recordings to scores, summaries and failures, with a model in plain Java. */
@ExtendWith(TestPipelineExtension.class)
final class AnnotateSpeechTest {
  private static final Labels LABELS = Labels.parse("tired,awake");

  @TempDir Path temp;
  private FakeModels models;

  @BeforeEach
  void installModels() {
    models = FakeModels.install();
  }

  @AfterEach
  void restoreModels() {
    models.close();
  }

  /** Tests run in the module's folder with Maven, and in the repository's with other tools. */
  private static Path sample() {
    Path fromModule = Path.of("../examples/samples/german-male-48k-stereo.wav");
    return Files.exists(fromModule)
        ? fromModule
        : Path.of("examples/samples/german-male-48k-stereo.wav");
  }

  @Test
  void everyRecordingEndsAsScoresOrAsAFailure(TestPipeline pipeline) throws IOException {
    BundleRef bundle =
        Bundles.resolve(BundleCopies.of(Bundles.BUNDLED, temp.resolve("bundle")).toString());
    byte[] speech = Files.readAllBytes(sample());
    AnnotateSpeech.Result result =
        pipeline
            .apply(
                Create.of(
                        List.of(
                            Recording.bytes("call", speech).withMetadata(Map.of("agent", "7")),
                            Recording.unreadable("gone", "it does not exist")))
                    .withCoder(RecordingCoder.of()))
            .apply(
                AnnotateSpeech.with(bundle)
                    .withDecoding(DecodeAudio.recordings().withSegmenter(Segmenter.whole()))
                    .withScoring(score -> score.withLabels(LABELS)));
    PAssert.that(result.scores())
        .satisfies(
            all -> {
              EmotionScores scores = Iterables.getOnlyElement(all);
              assertEquals("call", scores.getRecording());
              assertEquals(bundle.id(), scores.getModelId());
              assertEquals(Map.of("agent", "7"), scores.getMetadata());
              double sum = scores.probability("tired") + scores.probability("awake");
              assertEquals(1, sum, 1e-9);
              return null;
            });
    PAssert.that(result.summaries())
        .satisfies(
            all -> {
              RecordingSummary summary = Iterables.getOnlyElement(all);
              assertEquals(1, summary.getSegments());
              assertTrue(LABELS.labels().contains(summary.getEmotion()), summary.getEmotion());
              return null;
            });
    PAssert.that(
            result
                .failures()
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(f -> f.getStage() + " " + f.getKindName() + " " + f.getItem())))
        .containsInAnyOrder("DecodeAudio UNREADABLE gone");
    pipeline.run().waitUntilFinish();
    assertTrue(models.loads(bundle.id()) >= 1);
  }

  /** Embedding and scoring, in any number of instances on a worker, verify the model once. */
  @Test
  void theStagesOfAPipelineShareOneVerificationOfTheModel() throws IOException {
    Path folder = BundleCopies.of(Bundles.BUNDLED, temp.resolve("bundle"));
    List<Recording> calls = new ArrayList<>();
    byte[] speech = Files.readAllBytes(sample());
    for (int call = 0; call < 8; call++) {
      calls.add(Recording.bytes("call" + call, speech));
    }
    try (CountedVerifications verified = CountedVerifications.install()) {
      BundleRef bundle = Bundles.resolve(folder.toString());
      DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
      options.setTargetParallelism(4);
      Pipeline pipeline = Pipeline.create(options);
      PCollection<EmotionScores> scores =
          pipeline
              .apply(Create.of(calls).withCoder(RecordingCoder.of()))
              .apply(Reshuffle.viaRandomKey())
              .apply(
                  AnnotateSpeech.with(bundle)
                      .withDecoding(DecodeAudio.recordings().withSegmenter(Segmenter.whole()))
                      .withScoring(score -> score.withLabels(LABELS)))
              .scores();
      PAssert.thatSingleton(scores.apply(Count.globally())).isEqualTo(8L);
      pipeline.run().waitUntilFinish();
      assertEquals(List.of(folder), verified.folders());
    }
  }
}
