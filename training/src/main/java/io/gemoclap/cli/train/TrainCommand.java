package io.gemoclap.cli.train;

import io.gemoclap.cli.console.OutputFolder;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.failure.SecretMask;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.Normalization;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.training.corpus.AudioDigests;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.folds.FoldScheme;
import io.gemoclap.training.folds.Folds;
import io.gemoclap.training.prepare.FeaturePlan;
import io.gemoclap.training.prompts.Wordings;
import io.gemoclap.training.report.Report;
import io.gemoclap.training.report.RunInfo.FailedFold;
import io.gemoclap.training.run.BaselineRun;
import io.gemoclap.training.run.CorpusDigest;
import io.gemoclap.training.run.RunIdentity;
import io.gemoclap.training.run.TrainingPlan;
import io.gemoclap.training.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemoclap train}. */
@Command(
    name = "train",
    description = {
      "Cross-validates over unknown speakers, then trains a final bundle.",
      "Flink runs the folds inside this process, each in its own JVM. The option"
          + " --parallelism sets how many run at once."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
public final class TrainCommand implements Callable<Integer> {
  /** Chosen by nothing but being customary; not tuned. */
  private static final double PENALTY = 0.01;

  private static final int COPIES = 5;
  private static final int DEGRADED = 8;

  @Option(
      names = "--corpus",
      required = true,
      description = "<kind>:<folder or file>; kinds: " + Corpus.KINDS + ".")
  private String corpus;

  @Option(
      names = "--output",
      required = true,
      description = "Folder for the report and the bundles.")
  private Path output;

  @Mixin private ObjectiveOptions objective = new ObjectiveOptions();

  @Option(names = "--folds", defaultValue = "speaker-pairs", description = FoldScheme.FORMS + ".")
  private String folds;

  @Option(
      names = "--dev-share",
      defaultValue = "0",
      description =
          "Above 0, a part of the training utterances chooses each fold's epoch: whole speakers or"
              + " sessions where there are enough, else this share of each class. 0 trains all"
              + " epochs and uses the last.")
  private double devShare;

  @Option(
      names = "--baseline",
      description =
          "Train a softmax regression on the compact encoder's statistics, for comparison.")
  private boolean baseline;

  @Mixin private EncoderOptions encoder = new EncoderOptions();

  @Option(
      names = "--copies",
      description = "Copies of utterances with other voices. Default: 5; from a bundle 0.")
  private Integer copies;

  @Option(
      names = "--degraded-copies",
      description =
          "Copies of utterances in other rooms, with background sounds, over other microphones and"
              + " codecs. Default: 8; from a bundle 0.")
  private Integer degradedCopies;

  @Option(
      names = "--consistency",
      description =
          "Judge each fold's test part also after every degradation, into consistency.csv. Features"
              + " are computed 26 more times.")
  private boolean consistency;

  @Option(
      names = "--normalize",
      defaultValue = "none",
      description =
          "Standardise features with unlabelled statistics: none; those of the same recording or"
              + " speaker; or auto, which trains one model for every level (corpus, archive,"
              + " recording, speaker). The bundle records this setting.")
  private Normalization normalize;

  @Option(
      names = "--prior-weight",
      defaultValue = "4",
      description = "Weight of the corpus's statistics, as a number of utterances of a speaker.")
  private double priorWeight;

  @Option(
      names = "--archive-weight",
      defaultValue = "32",
      description =
          "With --normalize=auto: weight of the corpus's statistics, as a number of utterances of"
              + " an archive.")
  private double archiveWeight;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of all random choices.")
  private long seed;

  @ArgGroup(exclusive = false, heading = "Optimisation:%n")
  private OptimizationOptions optimization = new OptimizationOptions();

  @ArgGroup(exclusive = false, heading = "Execution:%n")
  private ExecutionOptions execution = new ExecutionOptions();

  @Parameters(arity = "0..*", hidden = true)
  private List<String> beamOptions = List.of();

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    PipelineOptions options = Runs.options(beamOptions);
    FileSystems.setDefaultPipelineOptions(options);
    Runs.requirePlain(output.toString());
    Runs.requirePlain(execution.features());
    TrainingPlan plan = plan();
    if (execution.resume) {
      requireSame(plan.identity());
    } else {
      OutputFolder.prepare(output, execution.overwrite);
    }
    TrainingRun.Pipelines pipelines = build -> Runs.run(options, build);
    if (baseline) {
      print(new BaselineRun(plan, output, PENALTY, pipelines, System.err::println).run());
      return 0;
    }
    TrainingRun run = new TrainingRun(plan, output, pipelines, System.err::println);
    print(run.run());
    List<FailedFold> failed = run.failedFolds();
    failed.forEach(
        fold -> System.out.println("failed: fold " + fold.fold() + ": " + fold.reason()));
    return failed.isEmpty() ? 0 : 1;
  }

  /**
   * What the options ask for; reads the corpus, but changes nothing.
   *
   * @throws WrongUsageException naming the option that cannot be used
   */
  public TrainingPlan plan() throws IOException {
    Path pretrained = encoder.pretrained(baseline);
    TrainConfig config = config(pretrained);
    FeatureSpec spec = encoder.spec(pretrained, normalize);
    Corpus read = corpus();
    AudioDigests audio = new AudioDigests();
    Folds split = folds(read, audio);
    RunIdentity identity =
        new RunIdentity(
            baseline ? RunIdentity.Method.BASELINE : RunIdentity.Method.TOWERS,
            CorpusDigest.of(read, audio),
            RunIdentity.Split.of(split),
            config,
            pretrained == null ? null : ModelBundle.open(pretrained).id(),
            new FeaturePlan(
                spec,
                number("--copies", copies, pretrained == null ? COPIES : 0),
                seed,
                number("--degraded-copies", degradedCopies, pretrained == null ? DEGRADED : 0),
                consistency && !baseline),
            FeaturePlan.VERSION,
            normalize,
            priorWeight,
            Wordings.digest(),
            normalize == Normalization.AUTO ? archiveWeight : null);
    return new TrainingPlan(read, split, identity, execution.toExecution(pretrained), words());
  }

  private static int number(String option, Integer given, int otherwise) {
    if (given != null && given < 0) {
      throw new WrongUsageException(option + " must be at least 0, not " + given);
    }
    return given == null ? otherwise : given;
  }

  private List<String> words() {
    List<String> words = new ArrayList<>(List.of("./gemoclap", "train"));
    words.addAll(SecretMask.words(command.commandLine().getParseResult().originalArgs()));
    return words;
  }

  private void requireSame(RunIdentity identity) throws IOException {
    try {
      identity.requireSameIn(output);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(e.getMessage(), e);
    }
  }

  private void print(Report report) {
    RunTable.print(report, System.out);
    System.out.println("Report: " + output.resolve("report.html"));
    if (!baseline && !execution.noFinal) {
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

  private Folds folds(Corpus read, AudioDigests audio) throws IOException {
    if (!(devShare >= 0 && devShare < 1)) {
      throw new WrongUsageException("--dev-share must be in [0, 1), not " + devShare);
    }
    FoldScheme scheme;
    try {
      scheme = FoldScheme.parse(folds);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException("--folds: " + e.getMessage(), e);
    }
    try {
      return scheme.split(read, devShare, seed, audio);
    } catch (IllegalArgumentException e) {
      boolean given = command.commandLine().getParseResult().hasMatchedOption("--folds");
      List<String> fitting = FoldScheme.fitting(read, devShare, seed, audio);
      throw new WrongUsageException(
          "%s: %s. %s"
              .formatted(
                  given
                      ? "--folds=" + folds
                      : "The default folds, " + folds + ", do not fit this corpus",
                  e.getMessage(),
                  fitting.isEmpty()
                      ? "No other folds fit either"
                      : "Folds that fit: --folds=" + String.join(" or --folds=", fitting)),
          e);
    }
  }

  private TrainConfig config(Path pretrained) {
    if (!(priorWeight > 0)) {
      throw new WrongUsageException("--prior-weight must be above 0, not " + priorWeight);
    }
    if (!(archiveWeight > 0)) {
      throw new WrongUsageException("--archive-weight must be above 0, not " + archiveWeight);
    }
    if (baseline && normalize.usesArchive()) {
      throw new WrongUsageException("--baseline knows no archive; use --normalize=speaker");
    }
    if (normalize == Normalization.ARCHIVE) {
      throw new WrongUsageException(
          "--normalize=archive is a level of annotation; train with --normalize=auto for it");
    }
    return new TrainConfig(
        objective.toObjective(),
        encoder.toNetwork(pretrained == null && normalize == Normalization.AUTO),
        optimization.toOptimization(pretrained != null),
        new TrainConfig.Sampling(optimization.balance, optimization.buffer),
        encoder.topLayers(pretrained),
        seed);
  }
}
