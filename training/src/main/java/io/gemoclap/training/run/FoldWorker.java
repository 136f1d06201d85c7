package io.gemoclap.training.run;

import ai.djl.ndarray.NDManager;
import io.gemoclap.model.Embedder;
import io.gemoclap.model.Exemplars;
import io.gemoclap.model.Familiarity;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.table.JsonLines;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.example.Examples;
import io.gemoclap.training.example.NormalizedExamples;
import io.gemoclap.training.fit.FoldTrainer;
import io.gemoclap.training.fit.Initialization;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.folds.Fold;
import io.gemoclap.training.prepare.PreparedCorpus;
import io.gemoclap.training.prompts.Wordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains one fold of a run folder in its own process: {@code FoldWorker <run folder> <fold number |
 * final>}. Ends with status 0 when the fold's folder holds its bundle and {@code done.json};
 * otherwise the last line on standard error says why. Goes on where an earlier process of the same
 * fold was killed. Ends when its standard input ends, that is, when its parent dies.
 */
public final class FoldWorker {
  static final String DONE = "done.json";
  private static final int PARENT_DIED = 3;

  /** Exemplars of a label: see docs/decisions/0033. */
  private static final int EXEMPLARS = 10;

  private final RunFolder run;
  private final String part;
  private final RunJob job;
  private final Wordings wordings;

  private FoldWorker(RunFolder run, String part) throws IOException {
    this.run = run;
    this.part = part;
    this.job = run.job();
    this.wordings = Wordings.load().among(job.labels());
  }

  /** Trains a fold. */
  public static void main(String[] args) {
    Thread watch = new Thread(FoldWorker::endWithTheParent, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    try {
      new FoldWorker(new RunFolder(Path.of(args[0])), args[1]).train();
      System.exit(0);
    } catch (Throwable e) {
      e.printStackTrace();
      System.err.println(e.getMessage() == null ? e.toString() : e.getMessage());
      System.exit(1);
    }
  }

  private static void endWithTheParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said here; only the end matters.
      }
    } catch (IOException e) {
      // The pipe broke: the same.
    }
    Runtime.getRuntime().halt(PARENT_DIED);
  }

  /**
   * When a part was trained: the content of {@code done.json}.
   *
   * @param startedMillis when its last process began, since the epoch
   * @param endedMillis when all its results were there
   */
  record Done(long startedMillis, long endedMillis) {}

  private void train() throws IOException {
    long started = System.currentTimeMillis();
    boolean all = part.equals(RunFolder.FINAL);
    List<Utterance> utterances = run.utterances();
    PreparedCorpus prepared =
        PreparedCorpus.open(job.features(), job.shards(), job.used(utterances));
    Fold fold =
        all
            ? new Fold(part, utterances, List.of())
            : run.folds(job).get(Integer.parseInt(part) - 1);
    Calibrated calibrated =
        all
            ? JsonLines.readValue(run.part(part).resolve("calibrated.json"), Calibrated.class)
            : null;
    TrainConfig config = all ? job.config().forEpochs(calibrated.epochs()) : job.config();
    Path folder = run.part(part);
    List<Utterance> usable = prepared.usable(fold.train());
    NormalizedExamples train = job.identity().normalized(prepared.examples(usable));
    Examples rawTest = examples(prepared, fold.test());
    Examples test = train.alike(rawTest);
    Examples dev = examples(prepared, fold.dev());
    if (dev == null && !fold.dev().isEmpty()) {
      throw new IOException(
          "None of the %s utterances of the development part has features, so no epoch can be chosen"
              .formatted(fold.dev().size()));
    }
    Initialization initialization = job.initialization(wordings, run.textWeights());
    FoldJudge judge =
        new FoldJudge(fold.name(), job.labels(), wordings, train.alike(dev), test, folder);
    try (FoldTrainer trainer =
            new FoldTrainer(config, job.labels(), wordings, initialization, job.gpu());
        TextTokenizer tokenizer = initialization.tokenizer()) {
      trainer.withCheckpoints(
          folder.resolve("checkpoint"), Duration.ofMillis((long) (1000 * job.checkpointSeconds())));
      TwoTowers towers = trainer.train(usable, train.examples(), judge);
      Familiarity familiarity =
          TrainingSpread.of(job.identity().features().spec(), train.prior(), train.examples());
      Exemplars exemplars =
          TrainingExemplars.of(job.identity().features().spec(), train.examples(), EXEMPLARS);
      new BundlePublisher(job, wordings, initialization)
          .publish(
              folder.resolve("bundle"), towers, train.prior(), familiarity, exemplars, calibrated);
      if (!all) {
        measure(fold, towers, tokenizer, train, familiarity, rawTest, test);
      }
      JsonLines.writeValue(folder.resolve(DONE), new Done(started, System.currentTimeMillis()));
      trainer.clearCheckpoints();
    }
  }

  /** What reports need besides the predictions. */
  private void measure(
      Fold fold,
      TwoTowers towers,
      TextTokenizer tokenizer,
      NormalizedExamples train,
      Familiarity familiarity,
      Examples rawTest,
      Examples test)
      throws IOException {
    Path folder = run.part(part);
    try (NDManager manager = towers.newScope()) {
      Embedder embedder = new Embedder(towers, tokenizer, manager);
      double scale = towers.scaleAudio();
      JsonLines.writeValue(
          folder.resolve("synonyms.json"),
          SynonymFigures.of(embedder, wordings, job.labels(), scale, test));
      if (rawTest != null) {
        ZeroShot zeroShot = new ZeroShot(embedder, wordings, job.labels(), scale);
        Conditions conditions =
            new Conditions(fold.name(), train.prior(), familiarity, embedder, zeroShot);
        List<ConditionRow> rows = new ArrayList<>(conditions.rows(ConditionRow.CLEAN, rawTest));
        Examples degraded = degradedTest(fold);
        if (degraded != null) {
          rows.addAll(conditions.degraded(degraded));
        }
        JsonLines.writeRows(folder.resolve(ConditionRow.FILE), rows);
      }
    }
  }

  /** The degraded versions of the test part; null where they are not judged. */
  private Examples degradedTest(Fold fold) throws IOException {
    if (job.conditions().isEmpty()) {
      return null;
    }
    return examples(
        PreparedCorpus.open(job.features(), job.conditions(), job.used(run.utterances())),
        HeldOut.of(fold));
  }

  /** The usable examples of a part, or null when there are none. */
  private static Examples examples(PreparedCorpus prepared, List<Utterance> part) {
    Examples examples = prepared.examples(part);
    return examples.size() == 0 ? null : examples;
  }

  /** Whether a part has its bundle. */
  static boolean isDone(Path folder) {
    return Files.exists(folder.resolve(DONE));
  }
}
