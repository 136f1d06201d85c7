package io.gemoclap.training.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.model.ByteLevelBpe;
import io.gemoclap.model.FloatTensor;
import io.gemoclap.model.GEmoClap;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.training.augment.FeatureTable;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.evaluate.Calibration;
import io.gemoclap.training.evaluate.ConfusionMatrix;
import io.gemoclap.training.fit.FoldTrainer;
import io.gemoclap.training.fit.TextWarmUp;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.folds.Fold;
import io.gemoclap.training.prompts.Wordings;
import io.gemoclap.training.run.Judge.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A whole training run: a bundle and predictions for each fold, a pooled report, and a final bundle
 * trained on everything and calibrated on the folds' predictions.
 */
public final class CrossValidation {
  private static final int MERGES = 200;
  private static final int SYNONYM_ROUNDS = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Corpus corpus;
  private final TrainConfig config;
  private final FeatureSpec spec;
  private final Path output;
  private final Consumer<String> log;
  private final Wordings wordings;
  private final ByteLevelBpe bpe;
  private Map<String, FloatTensor> textWeights;

  /** Prepares a run that writes below {@code output} and tells its progress to {@code log}. */
  public CrossValidation(
      Corpus corpus, TrainConfig config, FeatureSpec spec, Path output, Consumer<String> log) {
    this.corpus = corpus;
    this.config = config;
    this.spec = spec;
    this.output = output;
    this.log = log;
    this.wordings = Wordings.load().among(corpus.labels());
    this.bpe = ByteLevelBpe.learn(wordings.sentences(corpus.labels()), MERGES);
  }

  /** Runs all folds, then trains the final bundle. */
  public RunReport run(List<Fold> folds) throws IOException {
    Files.createDirectories(output);
    log.accept(
        "Computing features of "
            + corpus.utterances().size()
            + " utterances, each "
            + (1 + config.copies())
            + " times");
    FeatureTable features =
        FeatureTable.compute(corpus, spec, config.copies(), config.seed(), this::tellFeatures);
    textWeights = new TextWarmUp(config, corpus.labels(), wordings, bpe).run(this::tellText);
    List<Prediction> predictions = new ArrayList<>();
    List<RunReport.FoldScore> scores = new ArrayList<>();
    Synonyms synonyms = new Synonyms();
    for (int i = 0; i < folds.size(); i++) {
      Fold fold = folds.get(i);
      Path folder = output.resolve("folds").resolve(Integer.toString(i + 1)).resolve("bundle");
      ModelBundle bundle =
          trainBundle("fold " + (i + 1) + "/" + folds.size(), fold.train(), features, folder, null);
      List<Prediction> part = judge(bundle, fold, features, synonyms);
      ConfusionMatrix.Scores score = confusion(part).scores();
      scores.add(new RunReport.FoldScore(fold.name(), part.size(), score.war(), score.uar()));
      log.accept(
          "fold %d/%d  test speakers %s  WAR %.1f  UAR %.1f"
              .formatted(i + 1, folds.size(), fold.name(), 100 * score.war(), 100 * score.uar()));
      predictions.addAll(part);
    }
    RunReport report = report(predictions, scores, synonyms);
    write(report, folds, predictions);
    trainBundle(
        "final", corpus.utterances(), features, output.resolve("final").resolve("bundle"), report);
    return report;
  }

  private void tellText(int step, double loss) {
    if (step % 250 == 0) {
      log.accept("text warm-up  step %d/%d  loss %.4f".formatted(step, config.textSteps(), loss));
    }
  }

  private void tellFeatures(int done) {
    if (done % 100 == 0) {
      log.accept("features " + done + "/" + corpus.utterances().size());
    }
  }

  private ModelBundle trainBundle(
      String name, List<Utterance> utterances, FeatureTable features, Path folder, RunReport report)
      throws IOException {
    try (FoldTrainer trainer =
        new FoldTrainer(config, corpus.labels(), wordings, bpe, textWeights, features)) {
      var towers =
          trainer.train(
              utterances,
              (epoch, loss) -> {
                if (epoch % 10 == 0 || epoch == config.epochs()) {
                  log.accept(
                      "%s  epoch %d/%d  loss %.4f".formatted(name, epoch, config.epochs(), loss));
                }
              });
      return new BundlePublisher(corpus, config, spec, wordings, bpe)
          .publish(
              folder,
              towers,
              trainer.audioConfig(features.clean(utterances.get(0)).dims()),
              report);
    }
  }

  private List<Prediction> judge(
      ModelBundle bundle, Fold fold, FeatureTable features, Synonyms synonyms) throws IOException {
    List<Prediction> predictions = new ArrayList<>();
    try (GEmoClap model = GEmoClap.load(bundle)) {
      Judge judge = new Judge(model, features);
      fold.test().forEach(utterance -> predictions.add(judge.judge(utterance, fold.name())));
      synonyms.known.add(judge.understood(wordings, false));
      synonyms.heldOut.add(judge.understood(wordings, true));
      for (int k = 0; k < SYNONYM_ROUNDS; k++) {
        List<Integer> said = judge.judgeBySynonyms(fold.test(), wordings, k);
        for (int i = 0; i < said.size(); i++) {
          synonyms.confusion.add(predictions.get(i).truth(), said.get(i));
        }
      }
    }
    return predictions;
  }

  private final class Synonyms {
    private final List<Double> known = new ArrayList<>();
    private final List<Double> heldOut = new ArrayList<>();
    private final ConfusionMatrix confusion = ConfusionMatrix.of(corpus.labels());
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private ConfusionMatrix confusion(List<Prediction> predictions) {
    ConfusionMatrix confusion = ConfusionMatrix.of(corpus.labels());
    predictions.forEach(p -> confusion.add(p.truth(), p.predicted()));
    return confusion;
  }

  private RunReport report(
      List<Prediction> predictions, List<RunReport.FoldScore> folds, Synonyms synonyms) {
    ConfusionMatrix confusion = confusion(predictions);
    ConfusionMatrix.Scores scores = confusion.scores();
    List<Calibration.Item> emotion =
        predictions.stream().map(p -> new Calibration.Item(p.logits(), p.truth())).toList();
    List<Calibration.Item> gender =
        predictions.stream()
            .filter(p -> p.gender() >= 0)
            .map(p -> new Calibration.Item(p.genderLogits(), p.gender()))
            .toList();
    double temperature = Calibration.temperature(emotion);
    long genderRight = predictions.stream().filter(Prediction::genderRight).count();
    return new RunReport(
        corpus.name(),
        predictions.size(),
        scores.war(),
        scores.uar(),
        scores.macroF1(),
        (double) genderRight / gender.size(),
        corpus.labels(),
        confusion.counts(),
        folds,
        temperature,
        Calibration.temperature(gender),
        Calibration.expectedError(emotion, 1),
        Calibration.expectedError(emotion, temperature),
        mean(synonyms.known),
        mean(synonyms.heldOut),
        synonyms.confusion.scores().uar(),
        "last epoch of a fixed number of epochs; no checkpoint is chosen",
        config,
        Map.of("java", Runtime.version().toString()));
  }

  private void write(RunReport report, List<Fold> folds, List<Prediction> predictions)
      throws IOException {
    ObjectMapper pretty = JSON.copy().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(output.resolve("report.json"), pretty.writeValueAsString(report) + "\n");
    List<String> rows = new ArrayList<>();
    for (Prediction prediction : predictions) {
      rows.add(JSON.writeValueAsString(Judge.row(prediction, corpus.labels())));
    }
    Files.write(output.resolve("predictions.jsonl"), rows);
    List<String> lines = new ArrayList<>(List.of("fold,part,utterance,speaker"));
    for (int i = 0; i < folds.size(); i++) {
      int number = i + 1;
      folds.get(i).test().forEach(u -> lines.add(number + ",test," + u.id() + "," + u.speaker()));
      folds.get(i).train().forEach(u -> lines.add(number + ",train," + u.id() + "," + u.speaker()));
    }
    Files.write(output.resolve("folds.csv"), lines);
  }
}
