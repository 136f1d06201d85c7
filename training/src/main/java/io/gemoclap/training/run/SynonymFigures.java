package io.gemoclap.training.run;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.model.Embedder;
import io.gemoclap.score.PromptTemplates;
import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.training.evaluate.ConfusionMatrix;
import io.gemoclap.training.example.Examples;
import io.gemoclap.training.prompts.Wordings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * How a fold's text tower classifies words other than the labels.
 *
 * @param known share of training's synonyms whose vector lies nearest to their own label's
 * @param heldOut the same for synonyms that training never saw, in all languages
 * @param languages figures of the held-out synonyms of each language
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record SynonymFigures(double known, double heldOut, Map<String, Language> languages) {
  private static final int DRAWS = 10;

  /**
   * Figures of the held-out synonyms of a language.
   *
   * @param heldOut share whose vector lies nearest to their own label's
   * @param confusion of the test part, truth by prediction, when each label is replaced by one of
   *     its held-out synonyms, over several draws
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @SuppressWarnings("ArrayRecordComponent") // a file's content, never compared
  record Language(double heldOut, int[][] confusion) {}

  /**
   * Measures.
   *
   * @param test the test part, or null
   */
  static SynonymFigures of(
      Embedder embedder, Wordings wordings, List<String> labels, double scale, Examples test)
      throws IOException {
    PromptTemplates templates = new PromptTemplates(wordings.defaultTemplates());
    ZeroShotClassifier classifier =
        ZeroShotClassifier.of(
            labels.stream().map(templates::expand).toList(), embedder::embedText, scale);
    Map<String, Language> languages = new LinkedHashMap<>();
    for (String language : Wordings.LANGUAGES) {
      languages.put(
          language,
          new Language(
              nearest(
                  embedder,
                  templates,
                  classifier,
                  labels,
                  label -> wordings.heldOut(label, language)),
              replaced(embedder, wordings, labels, language, scale, test)));
    }
    return new SynonymFigures(
        nearest(embedder, templates, classifier, labels, wordings::known),
        nearest(embedder, templates, classifier, labels, wordings::heldOut),
        languages);
  }

  private static int[][] replaced(
      Embedder embedder,
      Wordings wordings,
      List<String> labels,
      String language,
      double scale,
      Examples test)
      throws IOException {
    ConfusionMatrix confusion = ConfusionMatrix.of(labels);
    if (test == null) {
      return confusion.counts();
    }
    SplittableRandom random = new SplittableRandom(1);
    List<ZeroShot> draws = new ArrayList<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      draws.add(new ZeroShot(embedder, wordings, words(wordings, labels, language, random), scale));
    }
    test.forEach(
        example -> {
          float[] vector = embedder.embedSpeech(List.of(example.clean()))[0];
          int truth = labels.indexOf(example.utterance().emotion());
          draws.forEach(
              draw -> confusion.add(truth, ZeroShotClassifier.top(draw.emotions(vector))));
        });
    return confusion.counts();
  }

  private static double nearest(
      Embedder embedder,
      PromptTemplates templates,
      ZeroShotClassifier classifier,
      List<String> labels,
      Function<String, List<String>> words) {
    int right = 0;
    int all = 0;
    for (int label = 0; label < labels.size(); label++) {
      for (String word : words.apply(labels.get(label))) {
        float[] vector =
            ZeroShotClassifier.meanDirection(embedder.embedText(templates.expand(word)));
        right += ZeroShotClassifier.top(classifier.cosines(vector)) == label ? 1 : 0;
        all++;
      }
    }
    return all == 0 ? Double.NaN : (double) right / all;
  }

  private static List<String> words(
      Wordings wordings, List<String> labels, String language, SplittableRandom random) {
    List<String> words = new ArrayList<>();
    for (String label : labels) {
      List<String> held = wordings.heldOut(label, language);
      words.add(held.isEmpty() ? label : held.get(random.nextInt(held.size())));
    }
    return words;
  }
}
