package io.gemoclap.cli;

import io.gemoclap.bundle.Bundles;
import io.gemoclap.failure.SecretMask;
import io.gemoclap.features.FeaturePart.Preset;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.Normalization;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.folds.FoldScheme;
import io.gemoclap.training.folds.Folds;
import io.gemoclap.training.objective.Targets;
import io.gemoclap.training.objective.Variant;
import io.gemoclap.training.prompts.PromptMode;
import io.gemoclap.training.report.Report;
import io.gemoclap.training.report.RunInfo.FailedFold;
import io.gemoclap.training.run.BaselineRun;
import io.gemoclap.training.run.TrainingPlan;
import io.gemoclap.training.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemoclap train}. */
@Command(
    name = "train",
    description = {
      "Trains by cross-validation over unknown speakers, then a final bundle.",
      "Flink runs the folds inside this process, each in a JVM of its own, as many at once as"
          + " --parallelism says."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  /** Chosen by nothing but being customary; not tuned. */
  private static final double PENALTY = 0.01;

  private static final int COPIES = 5;

  /** Towers from scratch, and the kinds of their audio encoders. */
  private static final Map<String, String> KINDS =
      Map.of("compact", "functionals", "logmel-conv", "logmel-conv");

  @Option(
      names = "--corpus",
      required = true,
      description = "<kind>:<folder or file>; kinds: " + Corpus.KINDS + ".")
  private String corpus;

  @Option(names = "--output", required = true, description = "Folder for report and bundles.")
  private Path output;

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
      names = "--dev-share",
      defaultValue = "0",
      description =
          "Share of the training speakers on whom each fold's epoch is chosen; 0 trains all epochs"
              + " and takes the last.")
  private double devShare;

  @Option(
      names = "--baseline",
      description =
          "No towers but a softmax regression on the compact encoder's statistics, to compare with.")
  private boolean baseline;

  @Option(
      names = "--encoder",
      defaultValue = "compact",
      description =
          "compact (statistics over time), logmel-conv, or the URI of a bundle to fine-tune, such as"
              + " one of pretrained towers that `gemoclap import` made.")
  private String encoder;

  @Option(
      names = "--train-layers",
      defaultValue = "all",
      description =
          "What of a bundle's towers is trained: all, heads, or a number of transformer layers of"
              + " each encoder from its output, with the convolutional front end frozen.")
  private String trainLayers;

  @Option(
      names = "--copies",
      description = "Perturbed copies of utterances. Default: 5; from a bundle 0.")
  private Integer copies;

  @Option(
      names = "--normalize",
      defaultValue = "none",
      description =
          "Standardise features with the unlabelled statistics of the same recording or speaker:"
              + " none, recording or speaker. The bundle then asks for the same.")
  private Normalization normalize;

  @Option(
      names = "--prior-weight",
      defaultValue = "4",
      description = "Utterances of a speaker that the corpus's statistics weigh as much as.")
  private double priorWeight;

  @Option(names = "--layers", defaultValue = "1", description = "Layers of the audio encoder.")
  private int layers;

  @Option(names = "--hidden", defaultValue = "256", description = "Width of the audio encoder.")
  private int hidden;

  @Option(names = "--seed", defaultValue = "1", description = "Decides everything random.")
  private long seed;

  @ArgGroup(exclusive = false, heading = "How the weights move:%n")
  private OptimizationOptions optimization = new OptimizationOptions();

  @ArgGroup(exclusive = false, heading = "How the run is carried out:%n")
  private RunOptions carriedOut = new RunOptions();

  @Parameters(arity = "0..*", hidden = true)
  private List<String> beamOptions = List.of();

  @Spec private CommandSpec command;

  /** How the run is carried out; none of it changes the result. */
  private static final class RunOptions {
    @Option(
        names = "--features",
        defaultValue = "",
        description =
            "Folder for the features, on any Beam file system, to be shared by runs. Default: in"
                + " the output folder.")
    private String features = "";

    @Option(
        names = "--checkpoint-seconds",
        defaultValue = "60",
        description = "Least time between checkpoints of a fold. Default: 60.")
    private double checkpointSeconds = 60;

    @Option(
        names = "--fold-memory",
        defaultValue = "1g",
        description = "Largest heap of a fold's process. Default: 1g.")
    private String memory = "1g";

    @Option(
        names = "--no-final",
        description =
            "Cross-validation alone, without the final bundle that learns from everything.")
    private boolean noFinal;

    @Option(names = "--gpu", description = "Train on the first GPU.")
    private boolean gpu;

    @Option(names = "--overwrite", description = "Empty the output folder first.")
    private boolean overwrite;

    @Option(
        names = "--resume",
        description = "Go on with an interrupted run of the same settings in the output folder.")
    private boolean resume;
  }

  @Override
  public Integer call() throws IOException {
    PipelineOptions options = Runs.options(beamOptions);
    FileSystems.setDefaultPipelineOptions(options);
    Path pretrained = pretrained();
    TrainConfig config = config(pretrained);
    FeatureSpec spec = spec(pretrained);
    Corpus read = corpus();
    Folds split = folds(read);
    if (!carriedOut.resume) {
      OutputFolder.prepare(output, carriedOut.overwrite);
    }
    List<String> words = new ArrayList<>(List.of("./gemoclap", "train"));
    words.addAll(SecretMask.words(command.commandLine().getParseResult().originalArgs()));
    TrainingPlan plan =
        new TrainingPlan(
            read,
            split,
            config,
            pretrained,
            carriedOut.gpu,
            spec,
            copies != null ? copies : pretrained == null ? COPIES : 0,
            seed,
            normalize,
            priorWeight,
            carriedOut.features,
            carriedOut.checkpointSeconds,
            carriedOut.memory,
            !carriedOut.noFinal,
            words);
    if (baseline) {
      print(
          new BaselineRun(
                  plan, output, PENALTY, build -> Runs.run(options, build), System.err::println)
              .run());
      return 0;
    }
    TrainingRun run =
        new TrainingRun(plan, output, build -> Runs.run(options, build), System.err::println);
    Report report = run.run();
    print(report);
    List<FailedFold> failed = run.failedFolds();
    failed.forEach(
        fold -> System.out.println("failed: fold " + fold.fold() + ": " + fold.reason()));
    return failed.isEmpty() ? 0 : 1;
  }

  private void print(Report report) {
    System.out.printf(
        "WAR %.1f %%  UAR %.1f %%  macro F1 %.1f %%  gender %s  (%d utterances, %d folds%s)%n",
        100 * report.war(),
        100 * report.uar(),
        100 * report.macroF1(),
        report.gender() == null
            ? "unknown"
            : "%.1f %%".formatted(100 * report.gender().war().value()),
        report.figures().get(0).utterances(),
        report.folds().size(),
        report.run().speakerDependent() ? "; test speakers may be heard in training" : "");
    System.out.println("Report: " + output.resolve("report.html"));
    if (!baseline && !carriedOut.noFinal) {
      System.out.println("Bundle: " + output.resolve("final").resolve("bundle"));
    }
  }

  private Corpus corpus() throws IOException {
    try {
      return Corpus.read(corpus);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException("--corpus: " + e.getMessage(), e);
    }
  }

  private Folds folds(Corpus read) throws IOException {
    try {
      return FoldScheme.parse(folds).split(read, devShare, seed);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException("--folds: " + e.getMessage(), e);
    }
  }

  /** The local folder of the bundle that is fine-tuned, or null. */
  private Path pretrained() throws IOException {
    if (KINDS.containsKey(encoder)) {
      return null;
    }
    if (baseline) {
      throw new WrongUsageException("--baseline has no towers to take from a bundle");
    }
    try {
      return Bundles.open(encoder).folder();
    } catch (IOException e) {
      throw new WrongUsageException(
          "--encoder is compact, logmel-conv or a bundle: " + e.getMessage(), e);
    }
  }

  private FeatureSpec spec(Path pretrained) throws IOException {
    if (pretrained != null) {
      ModelManifest manifest = ModelBundle.open(pretrained).manifest();
      if (manifest.normalization() != null && normalize == Normalization.NONE) {
        throw new WrongUsageException(
            "The bundle '%s' knows standardised features only; add --normalize=%s"
                .formatted(encoder, manifest.normalization().by()));
      }
      return manifest.featureSpec();
    }
    return encoder.equals("compact")
        ? FeatureSpec.emotionFunctionals()
        : FeatureSpec.logMel(Preset.LIBROSA).and(FeatureSpec.prosody());
  }

  private Integer topLayers(Path pretrained) {
    if (trainLayers.equals("all")) {
      return null;
    }
    if (pretrained == null) {
      throw new WrongUsageException(
          "--train-layers is for towers of a bundle; others are trained from scratch");
    }
    try {
      int layers = trainLayers.equals("heads") ? 0 : Integer.parseInt(trainLayers);
      if (layers >= 0) {
        return layers;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new WrongUsageException(
        "--train-layers is all, heads or a number, not '" + trainLayers + "'");
  }

  private TrainConfig config(Path pretrained) {
    PromptMode mode =
        switch (prompts) {
          case "emotion" -> PromptMode.EMOTION;
          case "emotion+gender" -> PromptMode.EMOTION_GENDER;
          default ->
              throw new WrongUsageException(
                  "--prompts is emotion or emotion+gender, not '" + prompts + "'");
        };
    if (!(priorWeight > 0)) {
      throw new WrongUsageException("--prior-weight is above 0, not " + priorWeight);
    }
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new WrongUsageException("--alpha lies in 0 to 1, not " + alpha);
    }
    TrainConfig defaults = TrainConfig.defaults();
    TrainConfig.Network network = defaults.network();
    return defaults
        .with(new TrainConfig.Objective(variant, alpha, targets, mode))
        .with(
            new TrainConfig.Network(
                KINDS.getOrDefault(encoder, "pretrained"),
                network.dims(),
                hidden,
                layers,
                network.inputDropout(),
                network.hiddenDropout()))
        .with(optimization.toOptimization(pretrained != null))
        .with(new TrainConfig.Sampling(optimization.balance, optimization.buffer))
        .withTopLayers(topLayers(pretrained))
        .withSeed(seed);
  }
}
