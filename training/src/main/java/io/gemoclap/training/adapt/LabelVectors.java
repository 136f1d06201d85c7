package io.gemoclap.training.adapt;

import io.gemoclap.model.Embedder;
import io.gemoclap.score.PromptTemplates;
import io.gemoclap.score.ZeroShotClassifier;
import java.util.List;

/** The vectors of labels, as annotation compares segments with them. */
final class LabelVectors {
  private LabelVectors() {}

  /** One unit vector a label: the mean direction of its sentences. */
  static float[][] of(Embedder embedder, List<String> labels, List<String> templates) {
    PromptTemplates prompts = new PromptTemplates(templates);
    return labels.stream()
        .map(label -> ZeroShotClassifier.meanDirection(embedder.embedText(prompts.expand(label))))
        .toArray(float[][]::new);
  }
}
