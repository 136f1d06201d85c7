package io.gemoclap.score;

import static io.gemoclap.score.ScoreCounters.counted;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.embed.SpeechEmbeddingCoder;
import io.gemoclap.failure.Outcome;
import io.gemoclap.model.FakeModels;
import io.gemoclap.refresh.Refreshed;
import java.io.IOException;
import java.util.Map;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Label sets that arrive while a job scores, with a model in plain Java. */
@ExtendWith(TestPipelineExtension.class)
final class RefreshPromptsTest {
  private FakeModels models;

  @BeforeEach
  void installModels() {
    models = FakeModels.install();
  }

  @AfterEach
  void restoreModels() {
    models.close();
  }

  @Test
  void aLabelSetThatTheModelTakesIsFollowedAndAnotherIsAFailure(TestPipeline pipeline)
      throws IOException {
    BundleRef bundle = Bundles.resolve(Bundles.BUNDLED);
    TestStream<String> stream =
        TestStream.create(StringUtf8Coder.of())
            .addElements("before")
            .addElements("{\"labels\":[\"tired\",\"awake\"],\"templates\":[\"{}\"]}")
            .addElements("{\"labels\":[\"tired\"]}")
            .addElements("tired", "awake")
            .advanceWatermarkToInfinity();
    PCollection<String> all = pipeline.apply(stream);
    Refreshed<EmotionPrompts> refreshed =
        all.apply("Updates", Filter.by(text -> text.startsWith("{")))
            .apply(RefreshPrompts.with(bundle));
    Outcome<EmotionScores> scored =
        all.apply("Sounds", Filter.by(text -> !text.startsWith("{")))
            .apply(
                MapElements.into(TypeDescriptor.of(SpeechEmbedding.class))
                    .via(
                        text ->
                            new SpeechEmbedding(
                                new SegmentRef(text, 0, 0, 1, Map.of()),
                                FakeModels.sounding(text, Bundles.manifest(bundle)),
                                bundle)))
            .setCoder(SpeechEmbeddingCoder.of())
            .apply(
                ScoreEmotions.with(bundle).withAbstainBelow(1).withLivePrompts(refreshed.newest()));
    int ofTheModel = Bundles.manifest(bundle).labels().size();
    PAssert.that(
            scored
                .results()
                .apply(
                    "Labels",
                    MapElements.into(TypeDescriptors.strings())
                        .via(
                            s ->
                                s.getRecording()
                                    + (s.getScores().size() == ofTheModel
                                        ? ""
                                        : " " + s.getEmotion() + s.getScores().size()))))
        .containsInAnyOrder("before", "tired tired2", "awake awake2");
    PAssert.that(
            refreshed
                .failures()
                .apply(
                    "Failed",
                    MapElements.into(TypeDescriptors.strings())
                        .via(f -> f.getStage() + " " + f.getKindName())))
        .containsInAnyOrder("RefreshPrompts REFUSED");
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertEquals(3, counted(result, "segments"));
    assertEquals(3, counted(result, "abstained"));
    assertEquals(0, counted(result, "failures"));
    assertEquals(1, counted(result, "label_changes"));
  }
}
