package io.gemoclap.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.BundleCopies;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.embed.SpeechEmbeddingCoder;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.Outcome;
import io.gemoclap.failure.WorkerFaults;
import io.gemoclap.model.FakeModels;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels, failures and models of {@link ScoreFn}, with a model in plain Java. */
@ExtendWith(TestPipelineExtension.class)
final class ScoreFnTest {
  private static final int MANY = 20;
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Labels LABELS = Labels.parse("tired,awake,eager");
  private static final PromptTemplates PLAIN = new PromptTemplates(List.of("{}"));

  @TempDir static Path temp;
  private static BundleRef bundle;
  private static BundleRef other;
  private static ModelManifest manifest;

  private FakeModels models;

  @BeforeAll
  static void writeBundles() throws IOException {
    bundle = Bundles.resolve(BundleCopies.of(Bundles.BUNDLED, temp.resolve("a")).toString());
    Path folder = BundleCopies.of(Bundles.BUNDLED, temp.resolve("b"));
    Path file = folder.resolve(ModelBundle.MANIFEST);
    Files.writeString(file, Files.readString(file) + "\n");
    other = Bundles.resolve(folder.toString());
    manifest = Bundles.manifest(bundle);
  }

  @BeforeEach
  void installModels() {
    models = FakeModels.install();
  }

  @AfterEach
  void restoreModels() {
    models.close();
  }

  /** An embedding in the direction of a label. */
  private static SpeechEmbedding sounds(String label, BundleRef model) {
    return new SpeechEmbedding(
        new SegmentRef(label, 0, 0, 1, Map.of()), FakeModels.sounding(label, manifest), model);
  }

  private static ScoreEmotions scoring() {
    return ScoreEmotions.with(bundle).withLabels(LABELS).withTemplates(PLAIN);
  }

  private static Create.Values<SpeechEmbedding> of(SpeechEmbedding... embeddings) {
    return Create.of(List.of(embeddings)).withCoder(SpeechEmbeddingCoder.of());
  }

  private static MapElements<EmotionScores, String> texts(
      SerializableFunction<EmotionScores, String> text) {
    return MapElements.into(TypeDescriptors.strings()).via(text);
  }

  private static MapElements<Failure, String> failed() {
    return MapElements.into(TypeDescriptors.strings())
        .via(f -> f.getKindName() + " " + f.getRecording());
  }

  @Test
  void theMostProbableLabelIsTheOneInTheDirectionOfTheVector(TestPipeline pipeline) {
    Outcome<EmotionScores> outcome =
        pipeline.apply(of(sounds("tired", bundle), sounds("eager", bundle))).apply(scoring());
    PAssert.that(
            outcome
                .results()
                .apply(texts(s -> s.getRecording() + " " + s.getEmotion() + " " + s.getModelId())))
        .containsInAnyOrder("tired tired " + bundle.id(), "eager eager " + bundle.id());
    PAssert.that(outcome.results())
        .satisfies(
            all -> {
              for (EmotionScores scores : all) {
                assertEquals(scores.getConfidence(), scores.probability(scores.getRecording()));
                double sum = LABELS.labels().stream().mapToDouble(scores::probability).sum();
                assertEquals(1, sum, 1e-9);
                assertNull(scores.getEventTime());
                String message =
                    assertThrows(IllegalArgumentException.class, () -> scores.probability("anger"))
                        .getMessage();
                assertTrue(message.contains("'anger'") && message.contains("awake"), message);
              }
              return null;
            });
    PAssert.that(outcome.failures()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aTimestampIsTheEventTimeOfTheScores(TestPipeline pipeline) {
    TimestampedValue<SpeechEmbedding> atNoon = TimestampedValue.of(sounds("tired", bundle), NOON);
    Outcome<EmotionScores> outcome =
        pipeline
            .apply(Create.timestamped(atNoon).withCoder(SpeechEmbeddingCoder.of()))
            .apply(scoring());
    PAssert.that(outcome.results().apply(texts(s -> "" + s.getEventTime())))
        .containsInAnyOrder(NOON.toString());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void topKKeepsTheMostProbableAndAnUnsureResultAbstains(TestPipeline pipeline) {
    Outcome<EmotionScores> outcome =
        pipeline
            .apply(of(sounds("awake", bundle)))
            .apply(scoring().withAbstainBelow(1).withTopK(1));
    PAssert.that(
            outcome
                .results()
                .apply(texts(s -> s.getScores().get(0).getLabel() + s.getScores().size())))
        .containsInAnyOrder("awake1");
    PAssert.that(outcome.results().apply("Abstained", texts(s -> "" + s.getAbstained())))
        .containsInAnyOrder("true");
    pipeline.run().waitUntilFinish();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2147483647, all"})
  void runnersShowHowManyLabelsAreKept(int k, String shown) {
    assertEquals(
        List.of(shown),
        DisplayData.from(scoring().withTopK(k)).items().stream()
            .filter(item -> item.getKey().equals("topK"))
            .map(item -> String.valueOf(item.getValue()))
            .toList());
  }

  @Test
  void settingsOutsideTheirRangeAreRefused() {
    ScoreEmotions scoring = scoring();
    assertThrows(IllegalArgumentException.class, () -> scoring.withTopK(0));
    for (double p : new double[] {-0.01, 1.01, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> scoring.withAbstainBelow(p));
    }
    assertEquals(0, scoring.withAbstainBelow(0).abstainBelow());
  }

  @Test
  void anEmbeddingOfAnotherModelOrSizeIsAFailure(TestPipeline pipeline) {
    SpeechEmbedding small =
        new SpeechEmbedding(new SegmentRef("small", 0, 0, 1, Map.of()), new float[] {1}, bundle);
    Outcome<EmotionScores> outcome =
        pipeline.apply(of(sounds("tired", other), small, sounds("eager", bundle))).apply(scoring());
    PAssert.that(outcome.failures().apply("Failed", failed()))
        .containsInAnyOrder("UNFIT tired", "UNFIT small");
    PAssert.that(outcome.results().apply(texts(EmotionScores::getRecording)))
        .containsInAnyOrder("eager");
    pipeline.run().waitUntilFinish();
    assertEquals(0, models.loads(other.id()));
  }

  @Test
  void withALiveModelEachEmbeddingIsScoredByItsOwnModel(TestPipeline pipeline) {
    Outcome<EmotionScores> outcome =
        pipeline
            .apply(of(sounds("tired", other), sounds("eager", bundle)))
            .apply(scoring().withLiveModel(true));
    PAssert.that(outcome.results().apply(texts(s -> s.getEmotion() + " " + s.getModelId())))
        .containsInAnyOrder("tired " + other.id(), "eager " + bundle.id());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aModelThatAFullDiskKeepsFromLoadingFailsTheWorker(TestPipeline pipeline) {
    models.refuse(other.id(), "/cache/part-1: No space left on device");
    pipeline.apply(of(sounds("tired", other))).apply(scoring().withLiveModel(true));
    WorkerFaults.assertThrown("free some space on the disk", pipeline::run);
  }

  /** Within a bundle a model that cannot be loaded is tried once, not once for each embedding. */
  @Test
  void aModelThatCannotBeLoadedIsTriedOnceInEachBundle(TestPipeline pipeline) {
    models.refuse(other.id());
    TestStream.Builder<SpeechEmbedding> stream =
        TestStream.create(SpeechEmbeddingCoder.of())
            .addElements(sounds("tired", other), sounds("awake", other));
    List<String> wanted = new ArrayList<>(List.of("UNFIT tired", "UNFIT awake"));
    // More bundles than the runner has threads, each of which has its own ScoreFn.
    for (int i = 0; i < MANY; i++) {
      stream = stream.addElements(sounds("later " + i, other));
      wanted.add("UNFIT later " + i);
    }
    Outcome<EmotionScores> outcome =
        pipeline.apply(stream.advanceWatermarkToInfinity()).apply(scoring().withLiveModel(true));
    PAssert.that(outcome.failures().apply("Failed", failed())).containsInAnyOrder(wanted);
    PAssert.that(outcome.results()).empty();
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertEquals(MANY + 2, ScoreCounters.counted(result, "failures"));
    assertEquals(MANY + 1, models.loads(other.id()));
  }
}
