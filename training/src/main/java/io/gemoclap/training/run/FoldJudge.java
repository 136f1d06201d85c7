package io.gemoclap.training.run;

import ai.djl.ndarray.NDManager;
import io.gemoclap.model.Embedder;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.table.JsonLines;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.evaluate.ConfusionMatrix;
import io.gemoclap.training.example.Example;
import io.gemoclap.training.example.Examples;
import io.gemoclap.training.fit.FoldTrainer;
import io.gemoclap.training.prompts.Wordings;
import io.gemoclap.training.report.EpochRow;
import io.gemoclap.training.report.PredictionRow;
import io.gemoclap.training.report.SelectedEpoch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Judges a fold after each epoch on its development and test parts, and keeps in the fold's folder
 * what a report needs: {@code curves.jsonl}, and the test predictions of the checkpoint that is
 * kept ({@code predictions-kept.jsonl}: the one that the development part chooses, without that
 * part the last) and of the one that the test part would choose ({@code predictions-test.jsonl}).
 *
 * <p>What training does is decided by the development part alone. All state lies in the files, so a
 * fold that continues after a kill judges on.
 */
final class FoldJudge implements FoldTrainer.Judge {
  private static final int BATCH = 64;
  private static final String CURVES = "curves.jsonl";

  private final String fold;
  private final List<String> labels;
  private final Wordings wordings;
  private final Examples dev;
  private final Examples test;
  private final Path folder;
  private final List<EpochRow> curves;

  /**
   * @param dev the development part, or null
   * @param test the test part, or null
   */
  FoldJudge(
      String fold, List<String> labels, Wordings wordings, Examples dev, Examples test, Path folder)
      throws IOException {
    this.fold = fold;
    this.labels = labels;
    this.wordings = wordings;
    this.dev = dev;
    this.test = test;
    this.folder = folder;
    this.curves = new ArrayList<>(JsonLines.rows(folder.resolve(CURVES), EpochRow.class));
  }

  @Override
  public double judge(FoldTrainer.Epoch epoch, TwoTowers towers, TextTokenizer tokenizer)
      throws IOException {
    curves.removeIf(row -> row.epoch() >= epoch.number());
    ConfusionMatrix.Scores devScores = null;
    Double testUar = null;
    try (NDManager manager = towers.newScope()) {
      Embedder embedder = new Embedder(towers, tokenizer, manager);
      ZeroShot zeroShot = new ZeroShot(embedder, wordings, labels, towers.scaleAudio());
      if (dev != null) {
        devScores = scores(predict(dev, embedder, zeroShot, SelectedEpoch.DEV));
      }
      if (test != null) {
        List<PredictionRow> rows = predict(test, embedder, zeroShot, SelectedEpoch.TEST);
        testUar = scores(rows).uar();
        keep(rows, devScores, testUar);
      }
    }
    curves.add(row(epoch, devScores, testUar));
    JsonLines.writeRows(folder.resolve(CURVES), curves);
    return devScores == null ? Double.NaN : devScores.uar();
  }

  /**
   * Keeps the predictions of an epoch that may be the one that is chosen.
   *
   * @param dev scores on the development part; null without one, and then the last epoch is kept
   */
  void keep(List<PredictionRow> rows, ConfusionMatrix.Scores dev, double testUar)
      throws IOException {
    boolean bestOfDev = dev == null || curves.stream().noneMatch(row -> row.devUar() >= dev.uar());
    if (bestOfDev) {
      List<PredictionRow> chosen = new ArrayList<>();
      SelectedEpoch by = dev == null ? SelectedEpoch.LAST : SelectedEpoch.DEV;
      rows.forEach(row -> chosen.add(row.chosenBy(by)));
      JsonLines.writeRows(folder.resolve("predictions-kept.jsonl"), chosen);
    }
    if (curves.stream().noneMatch(row -> row.testUar() >= testUar)) {
      JsonLines.writeRows(folder.resolve("predictions-test.jsonl"), rows);
    }
  }

  /**
   * The epoch whose weights a fold's folder holds: the best of the development part, or the last.
   */
  static int chosenEpoch(Path folder) throws IOException {
    EpochRow chosen = null;
    for (EpochRow row : JsonLines.rows(folder.resolve(CURVES), EpochRow.class)) {
      if (chosen == null || row.devUar() == null || row.devUar() > chosen.devUar()) {
        chosen = row;
      }
    }
    return chosen == null ? 1 : chosen.epoch();
  }

  private EpochRow row(FoldTrainer.Epoch epoch, ConfusionMatrix.Scores dev, Double testUar) {
    return new EpochRow(
        fold,
        epoch.number(),
        epoch.loss(),
        epoch.learningRate(),
        dev == null ? null : dev.war(),
        dev == null ? null : dev.uar(),
        null,
        testUar,
        epoch.wallSeconds() > 0 ? epoch.audioSeconds() / epoch.wallSeconds() : null);
  }

  private List<PredictionRow> predict(
      Examples part, Embedder embedder, ZeroShot zeroShot, SelectedEpoch checkpoint)
      throws IOException {
    List<PredictionRow> rows = new ArrayList<>();
    try (Examples.Reading reading = part.read(new SplittableRandom(0))) {
      while (reading.hasNext()) {
        List<Example> batch = new ArrayList<>();
        while (batch.size() < BATCH && reading.hasNext()) {
          batch.add(reading.next());
        }
        float[][] vectors = embedder.embedSpeech(batch.stream().map(Example::clean).toList());
        for (int i = 0; i < vectors.length; i++) {
          Utterance utterance = batch.get(i).utterance();
          double[] genders = zeroShot.genders(vectors[i]);
          rows.add(
              row(fold, utterance, checkpoint, "emotion", zeroShot.emotions(vectors[i]), genders));
          rows.add(
              row(
                  fold,
                  utterance,
                  checkpoint,
                  "emotion+gender",
                  zeroShot.emotionsByBoth(vectors[i]),
                  genders));
        }
      }
    }
    return rows;
  }

  /** What a fold's model says of an utterance. */
  static PredictionRow row(
      String fold,
      Utterance utterance,
      SelectedEpoch checkpoint,
      String prompts,
      double[] logits,
      double[] genders) {
    return new PredictionRow(
        utterance.id(),
        utterance.uri(),
        utterance.speaker(),
        utterance.session().isEmpty() ? null : utterance.session(),
        utterance.gender().name().toLowerCase(Locale.ROOT),
        fold,
        checkpoint,
        prompts,
        utterance.emotion(),
        logits,
        genders);
  }

  private ConfusionMatrix.Scores scores(List<PredictionRow> rows) {
    ConfusionMatrix confusion = ConfusionMatrix.of(labels);
    for (PredictionRow row : rows) {
      if (row.prompts().equals("emotion")) {
        confusion.add(labels.indexOf(row.emotion()), ZeroShotClassifier.top(row.logits()));
      }
    }
    return confusion.scores();
  }
}
