package io.gemoclap.cli.rescore;

import io.gemoclap.RescoreSegments;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.archive.AnnotateJob;
import io.gemoclap.cli.archive.AnnotationTable;
import io.gemoclap.cli.archive.ArchiveStatisticsFile;
import io.gemoclap.cli.archive.ArchiveSummary;
import io.gemoclap.cli.archive.EmptyFolder;
import io.gemoclap.cli.archive.FinishedResults;
import io.gemoclap.cli.archive.JobSettings;
import io.gemoclap.cli.console.Progress;
import io.gemoclap.cli.console.UnsuccessfulException;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.cli.options.EmbeddingOptions;
import io.gemoclap.cli.options.FormatOption;
import io.gemoclap.cli.options.ScoringOptions;
import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.features.Normalization;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.read.Origins;
import io.gemoclap.read.ResultFolder;
import io.gemoclap.score.EmotionPrompts;
import io.gemoclap.score.ScoreEmotions;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemoclap rescore}. */
@Command(
    name = "rescore",
    description = {
      "Scores results again with other labels, templates, another temperature or another model.",
      "Reads embeddings-*.parquet (written by 'annotate --embeddings') if the model is the one that"
          + " made them, otherwise features-*.parquet (--features). Reads no audio. Writes a folder"
          + " with the same files as 'annotate'; the old rows stay, and so do files that hold for the"
          + " new rows too. You can add options of Beam and its runners.",
      "Labels, templates, --top-k, --abstain-below, --format and --precision that you leave out are"
          + " those that the results were made with, or else the model's. People's answers are found"
          + " through the new folder too, as segments keep their ids."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:done",
      "1:the job failed",
      "2:wrong usage; nothing was done",
      "3:the job ran, but no segment has a result"
    },
    sortOptions = false)
public final class RescoreCommand implements Callable<Integer> {
  private static final int DIGITS = 8;
  private static final String ABSTAIN_BELOW = "--abstain-below";

  @Parameters(
      index = "0",
      paramLabel = "<results>",
      description = "Output folder of 'gemoclap annotate'.")
  private String results;

  @Option(
      names = "--model",
      description =
          "URI of a model bundle. Default: the bundled model, if it has made the results.")
  private String model;

  @Mixin private final ScoringOptions scoring = new ScoringOptions();

  @Option(
      names = "--temperature",
      description =
          "Temperature above 0 in place of the model's; a higher one gives lower confidence.")
  private Double temperature;

  @Mixin private final FormatOption format = new FormatOption();

  @Option(
      names = "--output",
      description =
          "Folder for the new rows. Default: rescored-<model>-<label set> inside of <results>.")
  private String output;

  @Option(names = "--overwrite", description = "Empty the output folder first.")
  private boolean overwrite;

  @Mixin private final EmbeddingOptions embedding = new EmbeddingOptions();

  @Parameters(index = "1..*", arity = "0..*", hidden = true)
  private List<String> beamOptions = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Runs.requirePlain(results);
    PipelineOptions options = Runs.options(beamOptions);
    FileSystems.setDefaultPipelineOptions(options);
    FinishedResults old = FinishedResults.read(new ResultFolder(results));
    BundleRef bundle = old.model(model);
    inherit(old, bundle);
    ScoreEmotions score = score(bundle);
    ResultFolder target = new ResultFolder(output == null ? place(bundle, score) : output);
    Runs.requirePlain(target.uri());
    PTransform<PBegin, PCollectionTuple> rescore = rescore(old, bundle, score);
    EmptyFolder.requireApart(target, old.folder());
    EmptyFolder.prepare(target, overwrite);
    settings(old, target, bundle).write(target);
    if (ArchiveStatisticsFile.isIn(old.folder())) {
      ArchiveStatisticsFile.read(old.folder()).write(target);
    }
    if (Runs.isInProcess(options)) {
      TorchEngine.startInBackground();
    }
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply("Rescore", rescore).apply("WriteAnnotations", write(old, target, bundle));
    Runs.run(pipeline, Progress.ofSegments(System.err, old.allSegments()));
    AnnotationTable.print(target.uri(), System.out);
    requireAll(old, FinishedResults.read(target));
    requireResults(old, FinishedResults.read(target));
    return 0;
  }

  private void inherit(FinishedResults old, BundleRef bundle) throws IOException {
    Map<String, String> earlier = new LinkedHashMap<>(AnnotateJob.of(old.folder()).settings());
    if (isOfModel(earlier.get(ABSTAIN_BELOW), old, bundle)) {
      earlier.remove(ABSTAIN_BELOW);
    }
    List<String> taken = scoring.inherit(earlier);
    format.inherit(earlier);
    embedding.inherit(earlier);
    if (!taken.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("As in '%s': %s".formatted(results, String.join(" ", taken)));
    }
  }

  /** Annotation notes the threshold, but not whether it was given or is that of the model. */
  private static boolean isOfModel(
      @Nullable String abstainBelow, FinishedResults old, BundleRef bundle) throws IOException {
    BundleRef bundled = Bundles.resolve(Bundles.BUNDLED);
    return isOf(abstainBelow, bundle)
        || (old.modelId().equals(bundled.id()) && isOf(abstainBelow, bundled));
  }

  private static boolean isOf(@Nullable String abstainBelow, BundleRef bundle) throws IOException {
    return Double.toString(Bundles.manifest(bundle).abstainBelow()).equals(abstainBelow);
  }

  private ScoreEmotions score(BundleRef bundle) throws IOException {
    try {
      ScoreEmotions score = scoring.configure(ScoreEmotions.with(bundle));
      score = temperature == null ? score : score.withTemperature(temperature);
      EmotionPrompts unused = score.prompts();
      return score;
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(e.getMessage(), e);
    }
  }

  /** From embeddings if the model has made them, since that takes less; otherwise from features. */
  private PTransform<PBegin, PCollectionTuple> rescore(
      FinishedResults old, BundleRef bundle, ScoreEmotions score) throws IOException {
    boolean same = bundle.id().equals(old.modelId());
    if (same && old.has("embeddings")) {
      return RescoreSegments.ofEmbeddings(results, score);
    }
    if (old.has("features")) {
      return RescoreSegments.ofFeatures(
          results, embedding.configure(EmbedSpeech.with(bundle)), score, old.has("embeddings"));
    }
    throw new WrongUsageException(
        same
            ? "'%s' has neither embeddings nor features. Annotate again with --embeddings"
                .formatted(results)
            : ("The embeddings in '%s' are of model %s, not of %s, and there are no features to embed"
                    + " again. Annotate again with --features, or with the other model")
                .formatted(results, old.modelId(), bundle));
  }

  private String place(BundleRef bundle, ScoreEmotions score) {
    return "%s/rescored-%s-%s%s"
        .formatted(
            results,
            shortened(bundle.id()),
            shortened(score.prompts().labelSet()),
            temperature == null ? "" : "-t" + temperature);
  }

  private static String shortened(String id) {
    return id.substring(0, Math.min(DIGITS, id.length()));
  }

  /** What decides the new rows; also marks the folder as unfinished until its summary is there. */
  private JobSettings settings(FinishedResults old, ResultFolder target, BundleRef bundle)
      throws IOException {
    // How recordings were decoded stays what it was.
    Map<String, String> values = new LinkedHashMap<>(AnnotateJob.of(old.folder()).settings());
    values.put(Origins.RESCORED, Origins.reference(target, old.folder()));
    values.put(Origins.RESCORED_MODEL, old.modelId());
    values.put("--model", bundle.id());
    scoring.describe(values);
    values.put("--temperature", temperature == null ? "the model's" : temperature.toString());
    format.describe(values);
    values.put("--precision", embedding.precision().name());
    return new JobSettings(values);
  }

  private WriteAnnotations write(FinishedResults old, ResultFolder target, BundleRef bundle)
      throws IOException {
    WriteAnnotations write =
        WriteAnnotations.to(target.uri())
            .withFormats(format.formats())
            .withModelId(bundle.id())
            .withNormalization(
                Normalization.valueOf(
                    old.summary().path("normalize").asText("none").toUpperCase(Locale.ROOT)));
    return ArchiveStatisticsFile.isIn(old.folder())
        ? write.withArchive(ArchiveStatisticsFile.read(old.folder()).statistics())
        : write;
  }

  private static void requireResults(FinishedResults old, FinishedResults rescored) {
    if (rescored.segments() == 0 && old.segments() > 0) {
      throw new UnsuccessfulException(
          "Unsuccessful: none of the %s segments has a result. The failures in '%s' give the reason"
              .formatted(old.segments(), rescored.folder()));
    }
  }

  private static void requireAll(FinishedResults old, FinishedResults rescored) throws IOException {
    if (old.allSegments() != rescored.allSegments()) {
      // Without its totals, the folder counts as unfinished.
      rescored.folder().delete(List.of(ArchiveSummary.FILE));
      throw new IOException(
          "The new rows and failures in '%s' are of %s segments, but '%s' has %s. Annotate again"
              .formatted(
                  rescored.folder(), rescored.allSegments(), old.folder(), old.allSegments()));
    }
  }
}
