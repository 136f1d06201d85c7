package io.gemoclap.training.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.model.blocks.LogitScale;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.training.objective.DistillationLoss;
import io.gemoclap.training.prompts.Endings;
import io.gemoclap.training.prompts.TaughtTexts;
import io.gemoclap.training.prompts.Wordings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Teaches the text tower what words beyond the labels' synonyms mean. Draws texts whose vectors by
 * the teacher are known, and compares them with the labels and with each other as the teacher does.
 * A label's own vector is the teacher's mean direction of the label's synonyms. Immutable.
 */
final class Distillation {
  /** Sharp, so that a text belongs to its nearest label as clearly as the classifier needs. */
  private static final double TEACHER_SCALE_OF_LABELS = 15;

  private static final double TEACHER_SCALE_OF_TEXTS = 8;

  private final int count;
  private final List<String> labels;
  private final Wordings wordings;
  private final TaughtTexts taught;
  private final float[][] taughtLabels;
  private final Endings endings;
  private final DistillationLoss ofLabels =
      new DistillationLoss(TEACHER_SCALE_OF_LABELS, LogitScale.START);
  private final DistillationLoss ofTexts =
      new DistillationLoss(TEACHER_SCALE_OF_TEXTS, LogitScale.START);

  /**
   * Prepares for the labels of a corpus.
   *
   * @param count how many texts are drawn at a time, an even number
   * @param wordings those of these labels
   */
  Distillation(int count, List<String> labels, Wordings wordings, TaughtTexts taught) {
    this.count = count;
    this.labels = labels;
    this.wordings = wordings;
    this.taught = taught;
    this.taughtLabels =
        labels.stream()
            .map(label -> taught.direction(wordings.known(label)))
            .toArray(float[][]::new);
    this.endings = new Endings(Wordings.load().heldOutWords());
  }

  /** The loss of texts that are drawn anew, a scalar tensor in {@code scope}. */
  NDArray loss(
      NDManager scope, TwoTowers towers, TextTokenizer tokenizer, SplittableRandom random) {
    List<String> sentences = new ArrayList<>();
    float[][] vectors = new float[count][];
    for (int i = 0; i < count; i++) {
      int index = random.nextInt(taught.size());
      sentences.add(wordings.say(endings.vary(taught.text(index), random), random));
      vectors[i] = taught.vector(index);
    }
    labels.forEach(label -> sentences.add(wordings.say(label, random)));
    NDArray students = towers.embedText(scope, tokenizer.encode(sentences), true);
    NDArray texts = students.get("0:" + count);
    int half = count / 2;
    NDArray nearLabels =
        ofLabels.of(texts, students.get(count + ":" + sentences.size()), vectors, taughtLabels);
    NDArray nearTexts =
        ofTexts.of(
            texts.get("0:" + half),
            texts.get(half + ":" + count),
            Arrays.copyOfRange(vectors, 0, half),
            Arrays.copyOfRange(vectors, half, count));
    return nearLabels.add(nearTexts);
  }
}
