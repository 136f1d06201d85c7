package io.gemoclap.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.embed.SpeechEmbeddingCoder;
import io.gemoclap.failure.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Prompts and vectors that the bundled model cannot judge are refused, not answered. */
@ExtendWith(TestPipelineExtension.class)
final class UnfitPromptsAndVectorsIT {
  private static final int DIMS = Bundles.manifest(Bundles.BUNDLED).speechDims();

  /** The tokenizer cuts both off before they differ. */
  @Test
  void labelsThatTheModelCannotDistinguishAreRejected() throws IOException {
    BundleRef bundle = Bundles.resolve(Bundles.BUNDLED);
    String start = "very ".repeat(2_000);
    Labels labels = new Labels(List.of("calm", start + "angry", start + "sad"));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> EmotionClassifier.of(bundle, new EmotionPrompts(labels, null)));
    assertTrue(e.getMessage().contains("cannot distinguish the labels"), e.getMessage());
  }

  @Test
  void moreSentencesThanAreEmbeddedAreRejectedBeforeAnyWork() throws IOException {
    List<String> templates = IntStream.range(0, 1_429).mapToObj(i -> i + " {}").toList();
    ScoreEmotions score =
        ScoreEmotions.with(Bundles.BUNDLED).withTemplates(new PromptTemplates(templates));
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> pipeline.apply(Create.empty(SpeechEmbeddingCoder.of())).apply(score));
    assertEquals(
        "7 labels in 1429 templates are 10003 sentences, but at most 10000 are allowed",
        e.getMessage());
  }

  private static SpeechEmbedding embedding(BundleRef bundle, int number, float[] vector) {
    return new SpeechEmbedding(new SegmentRef("call-" + number, 0, 0, 1, Map.of()), vector, bundle);
  }

  @Test
  void vectorsThatAreNotFiniteOrOfAnotherSizeBecomeFailures(TestPipeline pipeline)
      throws IOException {
    BundleRef bundle = Bundles.resolve(Bundles.BUNDLED);
    float[] good = new float[DIMS];
    good[3] = 1;
    List<SpeechEmbedding> items = new ArrayList<>();
    items.add(embedding(bundle, 0, good));
    for (int component : new int[] {0, 1, 64, DIMS - 1}) {
      float[] bad = good.clone();
      bad[component] = Float.NaN;
      items.add(embedding(bundle, 1 + component, bad));
    }
    items.add(embedding(bundle, 1_000, Arrays.copyOf(good, DIMS - 1)));
    items.add(embedding(bundle, 1_001, Arrays.copyOf(good, DIMS + 1)));

    Outcome<EmotionScores> outcome =
        pipeline
            .apply(Create.of(items).withCoder(SpeechEmbeddingCoder.of()))
            .apply(ScoreEmotions.with(bundle));

    PAssert.that(
            outcome
                .results()
                .apply(
                    "Scored",
                    MapElements.into(TypeDescriptors.strings()).via(EmotionScores::getRecording)))
        .containsInAnyOrder("call-0");
    PAssert.thatSingleton(outcome.failures().apply(Count.globally())).isEqualTo(6L);
    pipeline.run().waitUntilFinish();
  }
}
