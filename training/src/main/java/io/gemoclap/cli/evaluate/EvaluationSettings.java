package io.gemoclap.cli.evaluate;

import io.gemoclap.cli.archive.JobSettings;
import io.gemoclap.cli.options.DecodingOptions;
import io.gemoclap.cli.options.EmbeddingOptions;
import io.gemoclap.score.Labels;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.transfer.CorpusContent;
import io.gemoclap.training.transfer.Synonyms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What decides the figures of an evaluation, so that a folder is continued only with the same. */
final class EvaluationSettings {
  private EvaluationSettings() {}

  /**
   * Options that only decide how an evaluation is carried out, such as {@code --decoder}, are not
   * among them. Reads the audio of all corpora.
   *
   * @param offered labels to choose from; null for those of each model
   */
  static JobSettings of(
      List<Evaluation> evaluations,
      Labels offered,
      Synonyms synonyms,
      boolean ignoreSpeakers,
      DecodingOptions decoding,
      EmbeddingOptions embedding) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, Corpus> corpora = new LinkedHashMap<>();
    for (Evaluation evaluation : evaluations) {
      values.put(
          "model %s with --normalize=%s"
              .formatted(evaluation.name(), evaluation.annotate().normalization()),
          evaluation.annotate().bundle().id());
      corpora.put(evaluation.corpusName(), evaluation.corpus());
    }
    corpora.forEach(
        (name, corpus) -> {
          CorpusContent content = CorpusContent.of(corpus, decoding.allowedRoots());
          values.put("annotations of corpus " + name, content.annotations());
          values.put("audio of corpus " + name, content.audio());
        });
    values.put("--labels", offered == null ? "the model's" : String.join(",", offered.labels()));
    values.put("--synonyms", new TreeMap<>(synonyms.declared()).toString());
    values.put("--ignore-speakers", Boolean.toString(ignoreSpeakers));
    values.put("--stream", decoding.stream().toString());
    values.put("--speech-threshold", Double.toString(decoding.speechThreshold()));
    values.put("--precision", embedding.precision().name());
    return new JobSettings(values);
  }
}
