package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Collections2;
import com.google.common.io.Resources;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.features.Normalization;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.refresh.NewestValue;
import io.gemoclap.score.Labels;
import io.gemoclap.score.ScoreEmotions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of {@link AnnotateSpeech}: any order, one bundle. */
final class AnnotateSpeechSettingsTest {
  private static final String BUNDLE = Bundles.BUNDLED;

  private static PCollectionView<Optional<BundleRef>> newestModel() {
    return Pipeline.create()
        .apply(Create.empty(SerializableCoder.of(BundleRef.class)))
        .apply(NewestValue.create());
  }

  private static Map<String, String> display(AnnotateSpeech annotate) {
    Map<String, String> items = new TreeMap<>();
    DisplayData.from(annotate)
        .items()
        .forEach(item -> items.put(item.getPath() + "/" + item.getKey(), "" + item.getValue()));
    return items;
  }

  private static String value(Map<String, String> display, String key) {
    return display.entrySet().stream()
        .filter(item -> item.getKey().endsWith("/" + key))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError(key + " is not in " + display));
  }

  @Test
  void theOrderOfSettingsMakesNoDifference() throws IOException {
    PCollectionView<Optional<BundleRef>> newest = newestModel();
    List<UnaryOperator<AnnotateSpeech>> settings =
        List.of(
            a ->
                a.withDecoding(
                    DecodeAudio.recordings()
                        .withSampleRate(8_000)
                        .withSegmenter(Segmenter.whole())),
            a -> a.withNormalization(Normalization.RECORDING),
            a -> a.withEmbedding(embed -> embed.withMaxBatchSize(3)),
            a -> a.withScoring(score -> score.withLabels(Labels.parse("tired,awake"))),
            a -> a.withScoring(score -> score.withTopK(1)),
            a -> a.withLiveModel(newest));
    AnnotateSpeech start = AnnotateSpeech.with(BUNDLE).withSummaries(false);
    Set<Map<String, String>> results = new HashSet<>();
    for (List<UnaryOperator<AnnotateSpeech>> order : Collections2.permutations(settings)) {
      AnnotateSpeech annotate = start;
      for (UnaryOperator<AnnotateSpeech> setting : order) {
        annotate = setting.apply(annotate);
      }
      results.add(display(annotate));
    }

    assertEquals(1, results.size(), results.toString());
    Map<String, String> display = results.iterator().next();
    assertEquals("16000", value(display, "sampleRate"));
    assertEquals("WholeRecording[maxSeconds=600.0]", value(display, "segmenter"));
    assertEquals("recording", value(display, "normalize"));
    assertEquals("3", value(display, "maxBatchSize"));
    assertEquals("tired, awake", value(display, "labels"));
    assertEquals("1", value(display, "topK"));
    assertEquals("false", value(display, "summaries"));
    assertEquals(
        List.of("true", "true"),
        display.entrySet().stream()
            .filter(item -> item.getKey().endsWith("/liveModel"))
            .map(Map.Entry::getValue)
            .toList());
  }

  /** Embedding with new models and scoring with the old one's labels would make only failures. */
  @Test
  void aLiveModelOfTheEmbeddingIsOneOfTheScoringToo() throws IOException {
    PCollectionView<Optional<BundleRef>> newest = newestModel();
    assertEquals(
        display(AnnotateSpeech.with(BUNDLE).withLiveModel(newest)),
        display(AnnotateSpeech.with(BUNDLE).withEmbedding(e -> e.withLiveModel(newest))));
  }

  @Test
  void noStageCanBeGivenAnotherBundle(@TempDir Path folder) throws IOException {
    AnnotateSpeech annotate = AnnotateSpeech.with(BUNDLE);
    String other = anotherManifest(folder).toString();
    EmbedSpeech embed = EmbedSpeech.with(other);
    ScoreEmotions score = ScoreEmotions.with(other);

    String embedding =
        assertThrows(IllegalArgumentException.class, () -> annotate.withEmbedding(e -> embed))
            .getMessage();
    String scoring =
        assertThrows(IllegalArgumentException.class, () -> annotate.withScoring(s -> score))
            .getMessage();

    for (String message : List.of(embedding, scoring)) {
      assertTrue(message.contains(annotate.bundle().id()), message);
      assertTrue(message.contains(Bundles.resolve(other).id()), message);
    }
  }

  /** The settings read nothing of a bundle but its manifest. */
  private static Path anotherManifest(Path folder) throws IOException {
    String manifest =
        Resources.toString(
            Resources.getResource("io/gemoclap/bundled/" + ModelBundle.MANIFEST),
            StandardCharsets.UTF_8);
    Files.writeString(
        folder.resolve(ModelBundle.MANIFEST), manifest.replace("Apache-2.0", "another"));
    return folder;
  }
}
