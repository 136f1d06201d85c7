package io.gemoclap.cli;

import io.gemoclap.features.FeaturePart.Preset;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.folds.Fold;
import io.gemoclap.training.folds.FoldScheme;
import io.gemoclap.training.objective.Targets;
import io.gemoclap.training.objective.Variant;
import io.gemoclap.training.prompts.PromptMode;
import io.gemoclap.training.run.CrossValidation;
import io.gemoclap.training.run.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gemoclap train}. */
@Command(
    name = "train",
    description = "Trains by cross-validation over unknown speakers, then a final bundle.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--corpus",
      required = true,
      description = "<kind>:<folder or file>; kinds: " + Corpus.KINDS + ".")
  private String corpus;

  @Option(names = "--output", required = true, description = "Folder for report and bundles.")
  private Path output;

  @Option(names = "--overwrite", description = "Empty the output folder first.")
  private boolean overwrite;

  @Option(names = "--variant", defaultValue = "SL", description = "${COMPLETION-CANDIDATES}.")
  private Variant variant;

  @Option(names = "--alpha", defaultValue = "0.75", description = "Weight of emotion, 0 to 1.")
  private double alpha;

  @Option(
      names = "--targets",
      defaultValue = "ROW",
      description = "Target normalisation: ${COMPLETION-CANDIDATES} (SOFTMAX is the paper's).")
  private Targets targets;

  @Option(
      names = "--prompts",
      defaultValue = "emotion+gender",
      description = "What sentences say: emotion or emotion+gender.")
  private String prompts;

  @Option(names = "--folds", defaultValue = "speaker-pairs", description = FoldScheme.FORMS + ".")
  private String folds;

  @Option(
      names = "--encoder",
      defaultValue = "compact",
      description = "compact (statistics over time) or logmel-conv.")
  private String encoder;

  @Option(names = "--copies", defaultValue = "5", description = "Perturbed copies of utterances.")
  private int copies;

  @Option(names = "--epochs", defaultValue = "60", description = "Passes over the utterances.")
  private int epochs;

  @Option(names = "--layers", defaultValue = "1", description = "Layers of the audio encoder.")
  private int layers;

  @Option(names = "--hidden", defaultValue = "256", description = "Width of the audio encoder.")
  private int hidden;

  @Option(
      names = "--text-steps",
      defaultValue = "1000",
      description = "Steps of text warm-up before any audio.")
  private int textSteps;

  @Option(names = "--seed", defaultValue = "1", description = "Decides everything random.")
  private long seed;

  @Override
  public Integer call() throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    Corpus read = corpus();
    List<Fold> split = folds(read);
    TrainConfig config = config();
    OutputFolder.prepare(output, overwrite);
    RunReport report =
        new CrossValidation(read, config, spec(), output, line -> System.err.println(line))
            .run(split);
    System.out.printf(
        "WAR %.1f %%  UAR %.1f %%  macro F1 %.1f %%  gender %.1f %%  (%d utterances, %d folds)%n",
        100 * report.war(),
        100 * report.uar(),
        100 * report.macroF1(),
        100 * report.genderAccuracy(),
        report.utterances(),
        report.folds().size());
    System.out.println("Report: " + output.resolve("report.json"));
    System.out.println("Bundle: " + output.resolve("final").resolve("bundle"));
    return 0;
  }

  private Corpus corpus() throws IOException {
    try {
      return Corpus.read(corpus);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException("--corpus: " + e.getMessage(), e);
    }
  }

  private List<Fold> folds(Corpus read) throws IOException {
    try {
      return FoldScheme.parse(folds).split(read, 0, seed).folds();
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException("--folds: " + e.getMessage(), e);
    }
  }

  private FeatureSpec spec() {
    return encoder.equals("compact")
        ? FeatureSpec.emotionFunctionals()
        : FeatureSpec.logMel(Preset.LIBROSA).and(FeatureSpec.prosody());
  }

  private TrainConfig config() {
    String kind =
        switch (encoder) {
          case "compact" -> "functionals";
          case "logmel-conv" -> "logmel-conv";
          default ->
              throw new WrongUsageException(
                  "--encoder is compact or logmel-conv, not '" + encoder + "'");
        };
    PromptMode mode =
        switch (prompts) {
          case "emotion" -> PromptMode.EMOTION;
          case "emotion+gender" -> PromptMode.EMOTION_GENDER;
          default ->
              throw new WrongUsageException(
                  "--prompts is emotion or emotion+gender, not '" + prompts + "'");
        };
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new WrongUsageException("--alpha lies in 0 to 1, not " + alpha);
    }
    return new TrainConfig(
        variant, alpha, targets, mode, kind, copies, epochs, 64, 2e-3, 2e-4, 1e-3, textSteps, 0.01,
        0.05, 5, 128, hidden, layers, 0.1, 0.2, seed);
  }
}
