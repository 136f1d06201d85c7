package io.gemoclap.training.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.gemoclap.Exhaustive;
import io.gemoclap.model.Embedder;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.model.audio.CompactConfig;
import io.gemoclap.model.blocks.LogitScale;
import io.gemoclap.model.text.ByteLevelBpe;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.score.PromptTemplates;
import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.training.fit.TextWarmUp;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.prompts.TaughtTexts;
import io.gemoclap.training.prompts.Wordings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the text tower understands after its warm-up, of words that it never met. */
final class HeldOutSynonymsIT {
  private static final List<String> LABELS =
      List.of("anger", "boredom", "disgust", "fear", "happiness", "neutral", "sadness");
  private static final int STEPS = Integer.getInteger("gemoclap.text.steps", 1000);
  private static final double TEACHER =
      Double.parseDouble(System.getProperty("gemoclap.text.teacher", "1"));

  @Test
  @Exhaustive
  void mostHeldOutSynonymsAreNearestTheirLabel() throws IOException {
    Wordings wordings = Wordings.load().among(LABELS);
    TrainConfig defaults = TrainConfig.defaults();
    TrainConfig config =
        defaults.withOptimization(
            defaults.optimization().toBuilder()
                .setTextSteps(STEPS)
                .setTextTeacher(TEACHER)
                .build());
    ByteLevelBpe bpe = RunJob.tokens(wordings, LABELS, config);
    TorchEngine.start();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        TextTokenizer tokenizer = TextTokenizer.of(bpe)) {
      TwoTowers towers =
          TwoTowers.untrained(
              manager,
              new CompactConfig("functionals", 1, 1, 1, 0, 0),
              bpe,
              config.network().dims(),
              0,
              1);
      towers.restore(
          manager, new TextWarmUp(config, LABELS, wordings, bpe).run((step, loss) -> {}));
      Embedder embedder = new Embedder(towers, tokenizer, manager);
      SynonymFigures figures =
          SynonymFigures.of(embedder, wordings, LABELS, LogitScale.START, null);
      double taught = agreement(embedder, wordings);
      double english = figures.languages().get("en").heldOut();
      double german = figures.languages().get("de").heldOut();
      String all =
          "known %.3f, held out: English %.3f, German %.3f, as the teacher says of its texts %.3f"
              .formatted(figures.known(), english, german, taught);
      System.out.println(all);
      assertTrue(figures.known() > 0.95 && english > 0.6 && german > 0.55 && taught > 0.65, all);
    }
  }

  /** The share of every tenth of the teacher's texts that both place nearest the same label. */
  private static double agreement(Embedder embedder, Wordings wordings) {
    TaughtTexts texts = TaughtTexts.load();
    PromptTemplates templates = new PromptTemplates(wordings.defaultTemplates());
    ZeroShotClassifier student =
        ZeroShotClassifier.of(
            LABELS.stream().map(templates::expand).toList(), embedder::embedText, LogitScale.START);
    List<float[]> teacher =
        LABELS.stream().map(label -> texts.direction(wordings.known(label))).toList();
    int same = 0;
    int all = 0;
    for (int i = 0; i < texts.size(); i += 10) {
      float[] ours =
          ZeroShotClassifier.meanDirection(embedder.embedText(templates.expand(texts.text(i))));
      float[] theirs = texts.vector(i);
      int nearest =
          ZeroShotClassifier.top(teacher.stream().mapToDouble(v -> dot(v, theirs)).toArray());
      same += ZeroShotClassifier.top(student.cosines(ours)) == nearest ? 1 : 0;
      all++;
    }
    return (double) same / all;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
