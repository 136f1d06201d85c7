package io.gemoclap.cli.evaluate;

import com.google.common.net.PercentEscaper;
import io.gemoclap.AnnotateSpeech;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.archive.JsonLinesFile;
import io.gemoclap.cli.console.Progress;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.SecretMask;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.read.ResultFolder;
import io.gemoclap.score.Labels;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.report.Evaluated;
import io.gemoclap.training.report.EvaluationCell;
import io.gemoclap.training.report.RunInfo;
import io.gemoclap.training.transfer.LabelsInCommon;
import io.gemoclap.training.transfer.Outcome;
import io.gemoclap.training.transfer.Results;
import io.gemoclap.training.transfer.Sources;
import io.gemoclap.training.transfer.Synonyms;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.util.ReleaseInfo;

/**
 * One cell of the matrix: a bundle under a normalisation on a corpus.
 *
 * @param name of the bundle in the matrix
 * @param annotate annotates by the labels in common
 * @param spec the corpus as it was given
 * @param corpusName of the corpus in the matrix
 */
record Evaluation(
    String name,
    AnnotateSpeech annotate,
    String spec,
    String corpusName,
    Corpus corpus,
    LabelsInCommon labels,
    Sources sources) {
  private static final int BUCKETS = 64;

  /**
   * Prepares a cell; changes nothing.
   *
   * @param offered labels to choose from; null for those of the model
   * @param ignoreSpeakers whether the corpus is annotated as if it did not say who speaks
   * @throws IllegalArgumentException when fewer than two labels are in common
   */
  static Evaluation of(
      MatrixRow row,
      String spec,
      String corpusName,
      Corpus corpus,
      Labels offered,
      Synonyms synonyms,
      boolean ignoreSpeakers) {
    AnnotateSpeech annotate = row.annotate();
    List<String> words =
        offered == null ? Bundles.manifest(annotate.bundle()).labels() : offered.labels();
    LabelsInCommon labels = LabelsInCommon.of(words, corpus, synonyms);
    return new Evaluation(
        row.name(),
        annotate.withScoring(score -> score.withLabels(new Labels(labels.labels()))),
        spec,
        corpusName,
        corpus,
        labels,
        Sources.of(corpus, !ignoreSpeakers && annotate.normalization().usesSpeakers()));
  }

  /** Folder of the cell in that of the matrix. */
  CellFolder folder(Path matrix) {
    return new CellFolder(matrix, folder());
  }

  private String folder() {
    PercentEscaper escaper = new PercentEscaper("+-_.", false);
    return "%s-%s/%s"
        .formatted(escaper.escape(name), annotate.normalization(), escaper.escape(corpusName));
  }

  /** Annotates the corpus, and writes all files of the cell; reads a cell that is finished. */
  EvaluationCell run(Path matrix, List<String> command, PipelineOptions options, Progress progress)
      throws IOException {
    CellFolder folder = folder(matrix);
    if (folder.isFinished()) {
      return folder.read(name);
    }
    Instant started = Instant.now();
    folder.begin();
    Runs.run(pipeline(options, folder.annotations()), progress);
    Outcome outcome = Outcome.of(corpus, labels, sources, results(folder.annotations()));
    return folder.finish(name, info(outcome, command, started), outcome);
  }

  private Pipeline pipeline(PipelineOptions options, Path rows) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Recordings", Create.of(sources.recordings()).withCoder(RecordingCoder.of()))
        .apply("Spread", Reshuffle.<Recording>viaRandomKey().withNumBuckets(BUCKETS))
        .apply("AnnotateSpeech", annotate)
        .toTuple()
        .apply(
            "WriteAnnotations",
            WriteAnnotations.to(rows.toString())
                .withModelId(annotate.bundle().id())
                .withNormalization(annotate.normalization()));
    return pipeline;
  }

  private static Results results(Path rows) throws IOException {
    Results results = new Results();
    ResultFolder folder = new ResultFolder(rows.toString());
    for (String name : folder.names()) {
      if (name.startsWith("annotations-")) {
        JsonLinesFile.forEach(folder, name, results::addAnnotation);
      } else if (name.startsWith("failures-")) {
        JsonLinesFile.forEach(folder, name, results::addFailure);
      }
    }
    return results;
  }

  private RunInfo info(Outcome outcome, List<String> command, Instant started) {
    ModelManifest manifest = Bundles.manifest(annotate.bundle());
    Map<String, Integer> failures =
        outcome.failures().stream()
            .collect(
                Collectors.groupingBy(
                    Failure::getKindName, TreeMap::new, Collectors.summingInt(failure -> 1)));
    return new RunInfo(
        folder(),
        command,
        corpusName,
        labels.labels(),
        null,
        0,
        "emotion",
        annotate.normalization().toString(),
        0,
        Map.of(
            "temperature", manifest.temperature(),
            "gender_temperature", manifest.genderTemperature(),
            "label_map", corpus.labelMap()),
        Map.of(
            "java", Runtime.version().toString(),
            "beam", ReleaseInfo.getReleaseInfo().getVersion()),
        false,
        List.of(),
        started.toString(),
        Duration.between(started, Instant.now()).toMillis() / 1000.0,
        new Evaluated(
            SecretMask.of(annotate.bundle().uri()),
            annotate.bundle().id(),
            manifest.provenance().path("corpus").asText(""),
            SecretMask.of(spec),
            outcome.utterances(),
            outcome.judged().size(),
            labels.excluded(),
            labels.unused(),
            failures,
            labels.synonyms().declared()));
  }
}
