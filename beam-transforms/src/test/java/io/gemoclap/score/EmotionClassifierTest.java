package io.gemoclap.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.BundleCopies;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.model.FakeModels;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Probabilities of labels and genders, with a model in plain Java. */
final class EmotionClassifierTest {
  private static final EmotionPrompts PROMPTS =
      new EmotionPrompts(
          Labels.parse("tired,awake,eager"), new PromptTemplates(List.of("{}", "a {} voice")));

  @TempDir private Path temp;
  private FakeModels models;
  private BundleRef bundle;
  private ModelManifest manifest;

  @BeforeEach
  void installModels() throws IOException {
    models = FakeModels.install();
    bundle = Bundles.resolve(Bundles.BUNDLED);
    manifest = Bundles.manifest(bundle);
  }

  @AfterEach
  void restoreModels() {
    models.close();
  }

  private SpeechEmbedding sounds(String sentence) {
    return new SpeechEmbedding(
        new SegmentRef("r", 0, 0, 1, Map.of()), FakeModels.sounding(sentence, manifest), bundle);
  }

  private static double[] probabilities(List<LabelScore> scores) {
    return scores.stream().mapToDouble(LabelScore::getProbability).toArray();
  }

  /** The softmax of scaled cosines with each label's sentences, one temperature for each kind. */
  private double[] expected(List<List<String>> sentences, String heard, double temperature) {
    double[] cosines = new double[sentences.size()];
    float[] vector = FakeModels.vector(heard, manifest.dims());
    for (int i = 0; i < cosines.length; i++) {
      float[][] texts =
          sentences.get(i).stream()
              .map(sentence -> FakeModels.vector(sentence, manifest.dims()))
              .toArray(float[][]::new);
      float[] mean = ZeroShotClassifier.meanDirection(texts);
      for (int d = 0; d < mean.length; d++) {
        cosines[i] += vector[d] * mean[d];
      }
    }
    return ZeroShotClassifier.softmax(cosines, manifest.logitScaleAudio() / temperature);
  }

  @Test
  void labelsAndGendersHaveCalibratedProbabilities() throws IOException {
    EmotionScores scores =
        EmotionClassifier.of(bundle, PROMPTS).score(sounds("an odd voice"), null, 3, null, 0.0);
    List<List<String>> sentences = new ArrayList<>();
    for (String label : PROMPTS.knownLabels().labels()) {
      sentences.add(List.of(label, "a " + label + " voice"));
    }
    assertArrayEquals(
        expected(sentences, "an odd voice", manifest.temperature()),
        probabilities(scores.getScores()),
        1e-6);
    assertArrayEquals(
        expected(
            List.copyOf(manifest.genderPrompts().values()),
            "an odd voice",
            manifest.genderTemperature()),
        probabilities(scores.getGenderScores()),
        1e-6);
  }

  @Test
  void theGenderIsTheMostProbable() throws IOException {
    EmotionClassifier classifier = EmotionClassifier.of(bundle, PROMPTS);
    for (Map.Entry<String, List<String>> gender : manifest.genderPrompts().entrySet()) {
      SpeechEmbedding embedding = sounds(gender.getValue().get(0));
      assertEquals(gender.getKey(), classifier.score(embedding, null, 1, null, 0.0).getGender());
    }
  }

  @Test
  void aModelWithoutGenderPromptsGivesNoGender() throws IOException {
    Path folder = BundleCopies.of(Bundles.BUNDLED, temp.resolve("bundle"));
    Path file = folder.resolve(ModelBundle.MANIFEST);
    ObjectMapper json = new ObjectMapper();
    ObjectNode written = (ObjectNode) json.readTree(file.toFile());
    written.putObject("gender_prompts");
    json.writeValue(file.toFile(), written);
    EmotionScores scores =
        EmotionClassifier.of(Bundles.resolve(folder.toString()), PROMPTS)
            .score(sounds("tired"), null, 3, null, 0.0);
    assertEquals("", scores.getGender());
    assertEquals(List.of(), scores.getGenderScores());
  }

  @Test
  void theMostProbableLabelsAreKeptInLabelOrder() throws IOException {
    EmotionClassifier classifier = EmotionClassifier.of(bundle, PROMPTS);
    List<LabelScore> all = classifier.score(sounds("eager"), null, 3, null, 0.0).getScores();
    List<LabelScore> two = classifier.score(sounds("eager"), null, 2, null, 0.0).getScores();
    assertEquals(2, two.size());
    double least = all.stream().mapToDouble(LabelScore::getProbability).min().orElseThrow();
    assertEquals(all.stream().filter(s -> s.getProbability() > least).toList(), two);
  }

  @Test
  void aResultAbstainsBelowTheThresholdAndNotAtIt() throws IOException {
    EmotionClassifier classifier = EmotionClassifier.of(bundle, PROMPTS);
    SpeechEmbedding odd = sounds("an odd voice");
    double confidence = classifier.score(odd, null, 3, null, 0.0).getConfidence();
    assertFalse(classifier.score(odd, null, 3, null, confidence).getAbstained());
    assertTrue(classifier.score(odd, null, 3, null, Math.nextUp(confidence)).getAbstained());
  }

  @Test
  void farSegmentsAreLessSureAndTheBundleSaysWhichAreNotShown() throws IOException {
    Path folder = BundleCopies.of(Bundles.BUNDLED, temp.resolve("measured"));
    Path file = folder.resolve(ModelBundle.MANIFEST);
    ObjectMapper json = new ObjectMapper();
    ObjectNode edited = (ObjectNode) json.readTree(file.toFile());
    edited.putObject("confidence").put("distance_exponent", 1).put("abstain_below", 0.999);
    json.writeValue(file.toFile(), edited);
    BundleRef measured = Bundles.resolve(folder.toString());
    EmotionClassifier classifier = EmotionClassifier.of(measured, PROMPTS);
    float[] vector = sounds("an odd voice").vector();
    SegmentRef ref = new SegmentRef("r", 0, 0, 1, Map.of());
    EmotionScores near =
        classifier.score(new SpeechEmbedding(ref, vector, measured, 1), null, 3, null, null);
    EmotionScores far =
        classifier.score(new SpeechEmbedding(ref, vector, measured, 3), null, 3, null, null);
    EmotionScores unknown =
        classifier.score(new SpeechEmbedding(ref, vector, measured), null, 3, null, 0.0);
    assertTrue(far.getConfidence() < near.getConfidence(), near + " " + far);
    assertEquals(near.getEmotion(), far.getEmotion());
    assertEquals(near.getConfidence(), unknown.getConfidence());
    assertEquals(3, far.getOutOfDomain());
    assertEquals(-1, unknown.getOutOfDomain());
    assertTrue(far.getAbstained(), "below the bundle's threshold");
    assertFalse(unknown.getAbstained(), "the user's threshold counts");
    double own = Bundles.manifest(measured).temperature();
    SpeechEmbedding distant = new SpeechEmbedding(ref, vector, measured, 3);
    assertEquals(
        far.getConfidence(),
        classifier.score(distant, null, 3, own, null).getConfidence(),
        1e-12,
        "the bundle's own temperature");
    assertTrue(
        classifier.score(distant, null, 3, 2 * own, null).getConfidence() < far.getConfidence(),
        "a higher temperature is less sure");
    edited.remove("confidence");
    json.writeValue(file.toFile(), edited);
    assertFalse(
        EmotionClassifier.of(Bundles.resolve(folder.toString()), PROMPTS)
            .score(sounds("an odd voice"), null, 3, null, null)
            .getAbstained(),
        "a bundle that has measured nothing shows all");
  }

  /** The fake model's vectors depend on {@link String#hashCode}, which these two share. */
  @Test
  void labelsThatTheModelCannotDistinguishAreRefused() {
    EmotionPrompts alike =
        new EmotionPrompts(Labels.parse("calm,Aa,BB"), new PromptTemplates(List.of("{}")));
    assertEquals(
        "The model cannot distinguish the labels 'Aa' and 'BB': choose other words",
        assertThrows(IllegalArgumentException.class, () -> EmotionClassifier.of(bundle, alike))
            .getMessage());
  }
}
