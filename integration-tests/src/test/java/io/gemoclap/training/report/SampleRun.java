package io.gemoclap.training.report;

import com.google.common.base.Splitter;
import io.gemoclap.training.report.RunInfo.FailedFold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A made-up run with everything that a report can show; the same at every call. */
final class SampleRun {
  static final List<String> LABELS = List.of("anger", "boredom", "fear", "happiness", "sadness");
  private static final int PER_LABEL = 6;
  private static final int EPOCHS = 30;
  private static final List<String> FOLDS = List.of("03+08", "09+10", "11+12");

  private SampleRun() {}

  /**
   * Makes it.
   *
   * @param audio what every third utterance sounds like
   * @param speakerDependent what run.json says
   */
  static FinishedRun make(String audio, boolean speakerDependent) {
    RunInfo info =
        new RunInfo(
            "2026-05-04T10-00-00-emodb-sl",
            List.of("./gemoclap", "train", "--corpus=emodb:/data/<emodb>", "--output=runs/emodb"),
            "EmoDB <img src=x onerror=alert(1)>",
            LABELS,
            "SL",
            0.75,
            "emotion+gender",
            "speaker",
            1,
            Map.of("epochs", EPOCHS, "encoder", "functionals", "learning_rate", 2e-3),
            Map.of("java", "17.0.10", "djl", "0.35.1", "gemoclap", "0.1.0"),
            speakerDependent,
            List.of(new FailedFold("13+14", "The loss became NaN in epoch 3")),
            "2026-05-04T10:00:00Z",
            93.4,
            null);
    return new FinishedRun(info, predictions(audio), curves());
  }

  private static List<PredictionRow> predictions(String audio) {
    SplittableRandom random = new SplittableRandom(5);
    List<PredictionRow> rows = new ArrayList<>();
    for (String fold : FOLDS) {
      for (String speaker : Splitter.on('+').split(fold)) {
        for (int u = 0; u < PER_LABEL * LABELS.size(); u++) {
          for (SelectedEpoch checkpoint : List.of(SelectedEpoch.DEV, SelectedEpoch.TEST)) {
            for (String prompts : List.of("emotion", "emotion+gender")) {
              double edge = checkpoint == SelectedEpoch.TEST ? 3.2 : 2.6;
              rows.add(row(fold, speaker, u, checkpoint, prompts, edge, audio, random));
            }
          }
        }
      }
    }
    return rows;
  }

  private static PredictionRow row(
      String fold,
      String speaker,
      int u,
      SelectedEpoch checkpoint,
      String prompts,
      double edge,
      String audio,
      SplittableRandom random) {
    int truth = u % LABELS.size();
    double[] logits = random.doubles(LABELS.size()).map(x -> 4 * x).toArray();
    logits[truth] += edge - 0.4 * truth;
    boolean male = Integer.parseInt(speaker) % 2 == 0;
    double[] gender = {random.nextDouble(), random.nextDouble()};
    gender[male ? 1 : 0] += 0.7;
    return new PredictionRow(
        speaker + "-" + u,
        u % 3 == 0 ? audio : "gs://bucket/emodb/" + speaker + "-" + u + ".wav",
        speaker,
        null,
        male ? "male" : "female",
        fold,
        checkpoint,
        prompts,
        LABELS.get(truth),
        logits,
        gender);
  }

  private static List<EpochRow> curves() {
    SplittableRandom random = new SplittableRandom(6);
    List<EpochRow> rows = new ArrayList<>();
    for (String fold : FOLDS) {
      for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        double learned = 1 - Math.exp(-epoch / 8.0);
        double wobble = 0.05 * random.nextDouble();
        rows.add(
            new EpochRow(
                fold,
                epoch,
                2.1 - 1.8 * learned + wobble,
                2e-3 * (1 - (double) epoch / EPOCHS),
                0.2 + 0.6 * learned - wobble,
                0.2 + 0.58 * learned - wobble,
                2.2 - 1.5 * learned + 2 * wobble,
                0.2 + 0.55 * learned + wobble,
                410.0));
      }
    }
    return rows;
  }
}
