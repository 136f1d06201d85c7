package io.gemoclap.cli.evaluate;

import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.archive.JobSettings;
import io.gemoclap.cli.archive.MaxFailures;
import io.gemoclap.cli.console.OutputFolder;
import io.gemoclap.cli.console.Progress;
import io.gemoclap.cli.console.UnsuccessfulException;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.cli.options.DecodingOptions;
import io.gemoclap.cli.options.EmbeddingOptions;
import io.gemoclap.cli.options.NormalizeOption;
import io.gemoclap.cli.options.SynonymsOption;
import io.gemoclap.failure.SecretMask;
import io.gemoclap.features.Normalization;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.read.ResultFolder;
import io.gemoclap.score.Labels;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.report.EvaluationCell;
import io.gemoclap.training.report.EvaluationMatrix;
import io.gemoclap.training.transfer.Synonyms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemoclap evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Evaluates finished models on corpora, zero-shot, by the labels that both have.",
      "Annotates whole utterances as 'gemoclap annotate' does, and writes a report for each model,"
          + " normalisation and corpus, and a matrix of all. Flink runs the jobs inside this"
          + " process, on all processors. You can add options of Beam and its runners."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:done",
      "1:a job failed",
      "2:wrong usage; nothing was done",
      "3:the jobs ran, but for a corpus more utterances failed than --max-failures allows"
    },
    sortOptions = false)
public final class EvaluateCommand implements Callable<Integer> {
  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "<corpus>",
      description =
          "<kind>:<folder or file>; kinds: " + Corpus.KINDS + ". Repeat it for several corpora.")
  private List<String> corpora;

  @Option(
      names = "--model",
      paramLabel = "<model>",
      description =
          "URI of a model bundle. Repeat it for several. Default: bundled, the model inside this"
              + " program.")
  private List<String> models = List.of(Bundles.BUNDLED);

  @Option(names = "--output", required = true, description = "Local folder for the reports.")
  private Path output;

  @Option(names = "--overwrite", description = "Empty the output folder first.")
  private boolean overwrite;

  @Option(
      names = "--resume",
      description =
          "Continue an interrupted evaluation in the output folder: finished cells of the matrix are"
              + " kept, others start over. Models, corpora and options must be the same as before;"
              + " --decoder, --gpu, --max-failures and the options of Beam may differ.")
  private boolean resume;

  @Option(
      names = "--normalize",
      split = ",",
      paramLabel = "<group>",
      description =
          "Groups whose statistics standardise the features, one row of the matrix each: "
              + NormalizeOption.VALUES
              + ". Default: auto.")
  private List<Normalization> normalize = List.of(Normalization.AUTO);

  @Option(
      names = "--ignore-speakers",
      description =
          "Annotate the corpora as if they did not say who speaks. By default, --normalize=auto and"
              + " speaker use the speakers, as 'gemoclap annotate' uses those of a manifest.")
  private boolean ignoreSpeakers;

  @Option(
      names = "--labels",
      description = "Labels to choose from, such as angry,calm. Default: the model's.")
  private String labels;

  @Mixin private final SynonymsOption synonyms = new SynonymsOption();

  @Option(
      names = "--max-failures",
      paramLabel = "<share>",
      description =
          "Share of a corpus's utterances, such as 0.05 or 5%%, that may fail before the exit"
              + " status is 3. Default: all but one.")
  private String maxFailures;

  @Mixin private final DecodingOptions decoding = new DecodingOptions();

  @Mixin private final EmbeddingOptions embedding = new EmbeddingOptions();

  @Parameters(arity = "0..*", hidden = true)
  private List<String> beamOptions = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Instant started = Instant.now();
    MaxFailures limit = limit();
    if (resume && overwrite) {
      throw new WrongUsageException("--resume keeps what --overwrite deletes: give only one");
    }
    Runs.requirePlain(output.toString());
    PipelineOptions options = Runs.options(beamOptions);
    FileSystems.setDefaultPipelineOptions(options);
    Synonyms known = synonyms.synonyms();
    Labels offered =
        labels == null ? null : WrongUsageException.ifRefused(() -> Labels.parse(labels));
    List<Evaluation> evaluations = evaluations(offered, known);
    begin(
        () ->
            EvaluationSettings.of(
                evaluations, offered, known, ignoreSpeakers, decoding, embedding));
    List<Evaluation> left =
        evaluations.stream().filter(e -> !e.folder(output).isFinished()).toList();
    if (resume) {
      spec.commandLine()
          .getErr()
          .println(
              "%s of %s cells are finished"
                  .formatted(evaluations.size() - left.size(), evaluations.size()));
    }
    if (!left.isEmpty() && Runs.isInProcess(options)) {
      TorchEngine.startInBackground();
    }
    Progress progress =
        new Progress(
            System.err, left.stream().mapToLong(e -> e.sources().recordings().size()).sum());
    List<EvaluationCell> cells = new ArrayList<>();
    for (Evaluation evaluation : evaluations) {
      cells.add(evaluation.run(output, words(), options, progress));
    }
    double seconds = Duration.between(started, Instant.now()).toMillis() / 1000.0;
    EvaluationMatrix matrix = new EvaluationMatrix(words(), started.toString(), seconds, cells);
    matrix.write(output);
    MatrixTable.print(matrix, System.out);
    System.out.println("Reports: " + output.resolve(EvaluationMatrix.PAGE));
    requireFewFailures(cells, limit);
    return 0;
  }

  private void requireFewFailures(List<EvaluationCell> cells, MaxFailures limit) {
    for (EvaluationCell cell : cells) {
      int failed = cell.evaluated().failed();
      MaxFailures.Counts counts =
          new MaxFailures.Counts(failed, failed + cell.evaluated().judged());
      if (limit.isExceededBy(counts)) {
        throw new UnsuccessfulException(
            "Unsuccessful: %s of %s utterances of %s have no result. The reasons are in %s"
                .formatted(
                    counts.failed(),
                    counts.recordings(),
                    cell.evaluated().corpus(),
                    output.resolve(cell.folder()).resolve(CellFolder.FAILURES)));
      }
    }
  }

  /** Prepares an empty folder, or makes sure that the one that is there may be continued. */
  private void begin(Supplier<JobSettings> settings) throws IOException {
    ResultFolder folder = new ResultFolder(output.toString());
    if (!resume || folder.names().isEmpty()) {
      OutputFolder.prepare(output, overwrite);
      Files.createDirectories(output);
      settings.get().write(folder);
      return;
    }
    try {
      settings.get().requireSameIn(folder);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(e.getMessage(), e);
    }
  }

  private MaxFailures limit() {
    return maxFailures == null
        ? MaxFailures.belowAll()
        : WrongUsageException.ifRefused(() -> MaxFailures.parse(maxFailures));
  }

  /** All that is to be evaluated, row by row; reads corpora and manifests, and changes nothing. */
  private List<Evaluation> evaluations(Labels offered, Synonyms known) throws IOException {
    Map<String, Corpus> read = new LinkedHashMap<>();
    for (String spec : corpora) {
      read.put(spec, WrongUsageException.ifRefused(() -> Corpus.inspect(spec)));
    }
    Names corpusNames = Names.ofCorpora(read);
    List<Evaluation> evaluations = new ArrayList<>();
    for (MatrixRow row : MatrixRow.of(models, normalize, decoding, embedding)) {
      for (Map.Entry<String, Corpus> corpus : read.entrySet()) {
        evaluations.add(
            WrongUsageException.ifRefused(
                () ->
                    Evaluation.of(
                        row,
                        corpus.getKey(),
                        corpusNames.of(corpus.getKey()),
                        corpus.getValue(),
                        offered,
                        known,
                        ignoreSpeakers)));
      }
    }
    return evaluations;
  }

  private List<String> words() {
    List<String> words = new ArrayList<>(List.of("./gemoclap", "evaluate"));
    words.addAll(SecretMask.words(spec.commandLine().getParseResult().originalArgs()));
    return words;
  }
}
