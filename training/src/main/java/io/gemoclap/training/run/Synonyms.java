package io.gemoclap.training.run;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.training.evaluate.ConfusionMatrix;
import io.gemoclap.training.prompts.Wordings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How the text towers of all folds understand words other than the labels, in the mean.
 *
 * @param known share of training's synonyms that lie nearest their label; NaN without a fold
 * @param languages figures of the held-out synonyms of each language
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Synonyms(double known, Map<String, Language> languages) {

  /**
   * Figures of the held-out synonyms of a language.
   *
   * @param heldOut share of the synonyms that lie nearest their label
   * @param uar UAR when each label is replaced by a held-out synonym
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Language(double heldOut, double uar) {}

  /** Pools the figures of folds with the same labels. */
  static Synonyms pooled(List<SynonymFigures> folds, List<String> labels) {
    Map<String, Language> languages = new LinkedHashMap<>();
    for (String language : Wordings.LANGUAGES) {
      ConfusionMatrix confusion = ConfusionMatrix.of(labels);
      folds.forEach(fold -> confusion.addAll(fold.languages().get(language).confusion()));
      languages.put(
          language,
          new Language(
              mean(folds, fold -> fold.languages().get(language).heldOut()),
              confusion.scores().uar()));
    }
    return new Synonyms(mean(folds, SynonymFigures::known), languages);
  }

  private static double mean(List<SynonymFigures> folds, ToDoubleFunction<SynonymFigures> figure) {
    return folds.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }
}
