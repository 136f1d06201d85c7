package io.gemoclap.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.Iterables;
import io.gemoclap.UntrainedBundle;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.embed.SpeechEmbeddingCoder;
import io.gemoclap.failure.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Each setting of {@link ScoreEmotions} has its effect on one embedding of the bundled model. */
@ExtendWith(TestPipelineExtension.class)
final class ScoreEmotionsIT {
  private static final String BUNDLE = Bundles.BUNDLED;

  private static SpeechEmbedding embedding(String modelId) {
    return embedding(modelId, BUNDLE, Bundles.manifest(BUNDLE).speechDims());
  }

  private static SpeechEmbedding embedding(String modelId, String bundle, int dims) {
    float[] vector = new float[dims];
    vector[7] = 0.6f;
    vector[11] = -0.8f;
    return new SpeechEmbedding(
        new SegmentRef("call", 0, 1, 3, Map.of()), vector, new BundleRef(bundle, modelId));
  }

  private static PCollection<EmotionScores> score(TestPipeline pipeline, ScoreEmotions score)
      throws IOException {
    return pipeline
        .apply(
            Create.of(embedding(Bundles.resolve(BUNDLE).id())).withCoder(SpeechEmbeddingCoder.of()))
        .apply(score)
        .results();
  }

  private static SerializableFunction<Iterable<EmotionScores>, Void> only(
      Check<EmotionScores> check) {
    return scores -> {
      check.accept(Iterables.getOnlyElement(scores));
      return null;
    };
  }

  private interface Check<T> extends Consumer<T>, java.io.Serializable {}

  private static List<String> labels(EmotionScores scores) {
    return scores.getScores().stream().map(LabelScore::getLabel).toList();
  }

  @Test
  void labelsAreTheBundlesOwnInItsOrder(TestPipeline pipeline) throws IOException {
    List<String> own = Bundles.manifest(BUNDLE).labels();
    PAssert.that(score(pipeline, ScoreEmotions.with(BUNDLE)))
        .satisfies(only(scores -> assertEquals(own, labels(scores))));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void withLabelsReplacesThem(TestPipeline pipeline) throws IOException {
    PAssert.that(
            score(pipeline, ScoreEmotions.with(BUNDLE).withLabels(Labels.parse("tired,awake"))))
        .satisfies(only(scores -> assertEquals(List.of("tired", "awake"), labels(scores))));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void withTemplatesChangesTheLabelSetsId(TestPipeline pipeline) throws IOException {
    PromptTemplates templates = new PromptTemplates(List.of("a {} person is speaking"));
    Labels labels = Labels.parse("tired,awake");
    String expected = labels.id(templates);
    PAssert.that(
            score(pipeline, ScoreEmotions.with(BUNDLE).withLabels(labels).withTemplates(templates)))
        .satisfies(only(scores -> assertEquals(expected, scores.getLabelSet())));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void withTopKKeepsTheMostProbable(TestPipeline pipeline) throws IOException {
    PAssert.that(score(pipeline, ScoreEmotions.with(BUNDLE).withTopK(1)))
        .satisfies(only(scores -> assertEquals(List.of(scores.getEmotion()), labels(scores))));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void withAbstainBelowMarksWhatIsLessProbable(TestPipeline pipeline) throws IOException {
    PCollection<EmotionScores> certain =
        score(pipeline, ScoreEmotions.with(BUNDLE).withAbstainBelow(1));
    PAssert.that(
            certain.apply(
                MapElements.into(TypeDescriptors.booleans()).via(EmotionScores::getAbstained)))
        .containsInAnyOrder(true);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void nothingIsAbstainedBelowZero(TestPipeline pipeline) throws IOException {
    PAssert.that(
            score(pipeline, ScoreEmotions.with(BUNDLE).withAbstainBelow(0))
                .apply(
                    MapElements.into(TypeDescriptors.booleans()).via(EmotionScores::getAbstained)))
        .containsInAnyOrder(false);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void withLiveModelScoresEachEmbeddingWithItsOwnModel(TestPipeline pipeline, @TempDir Path folder)
      throws IOException {
    String other = UntrainedBundle.plain(folder.resolve("other")).toString();
    String ownId = Bundles.resolve(BUNDLE).id();
    String otherId = Bundles.resolve(other).id();
    Outcome<EmotionScores> outcome =
        pipeline
            .apply(
                Create.of(
                        embedding(ownId),
                        embedding(otherId, other, Bundles.manifest(other).speechDims()),
                        embedding("replaced"),
                        embedding("gone", "/nowhere/models", 128))
                    .withCoder(SpeechEmbeddingCoder.of()))
            .apply(ScoreEmotions.with(BUNDLE).withLiveModel(true));

    PAssert.that(
            outcome
                .results()
                .apply(
                    "Scored",
                    MapElements.into(TypeDescriptors.strings()).via(EmotionScores::getModelId)))
        .containsInAnyOrder(ownId, otherId);
    PAssert.that(
            outcome
                .failures()
                .apply(
                    "Failed",
                    MapElements.into(TypeDescriptors.strings())
                        .via(f -> f.getKindName() + " " + f.getMessage().split(",", 2)[0])))
        .containsInAnyOrder(
            "UNFIT The embedding was made by model replaced",
            "UNFIT The embedding was made by model gone");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void anEmbeddingOfAnotherModelIsAFailure(TestPipeline pipeline) throws IOException {
    PAssert.that(
            pipeline
                .apply(Create.of(embedding("another")).withCoder(SpeechEmbeddingCoder.of()))
                .apply(ScoreEmotions.with(BUNDLE))
                .failures()
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(f -> f.getStage() + " " + f.getKindName() + " " + f.getItem())))
        .containsInAnyOrder("ScoreEmotions UNFIT call#0:1000-3000");
    pipeline.run().waitUntilFinish();
  }
}
