package io.gemoclap.training.run;

import io.gemoclap.model.Embedder;
import io.gemoclap.model.SpeechParts;
import io.gemoclap.score.PromptTemplates;
import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.training.prompts.Wordings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Scores unit vectors against the sentences of the labels, exactly as annotation does, and against
 * sentences that also name a gender. Made anew whenever weights have moved. Immutable.
 */
final class ZeroShot {
  private final int dims;
  private final double scale;
  private final ZeroShotClassifier emotions;
  private final ZeroShotClassifier genders;
  private final List<ZeroShotClassifier> emotionsOfGenders = new ArrayList<>();

  /**
   * Embeds all sentences.
   *
   * @param labels one word a label
   * @param scale ε_a
   */
  ZeroShot(Embedder embedder, Wordings wordings, List<String> labels, double scale) {
    this.scale = scale;
    PromptTemplates templates = new PromptTemplates(wordings.defaultTemplates());
    List<List<String>> plain = labels.stream().map(templates::expand).toList();
    Map<String, List<String>> named = wordings.genderPrompts(labels);
    Map<String, float[]> vectors =
        embedded(
            embedder,
            Stream.concat(plain.stream(), named.values().stream())
                .flatMap(List::stream)
                .distinct()
                .toList());
    dims = vectors.values().iterator().next().length;
    emotions = classifier(vectors, plain);
    genders = classifier(vectors, List.copyOf(named.values()));
    for (List<String> sentences : named.values()) {
      List<List<String>> ofLabels = new ArrayList<>();
      for (int label = 0; label < labels.size(); label++) {
        List<String> own = new ArrayList<>();
        for (int i = label; i < sentences.size(); i += labels.size()) {
          own.add(sentences.get(i));
        }
        ofLabels.add(own);
      }
      emotionsOfGenders.add(classifier(vectors, ofLabels));
    }
  }

  private static Map<String, float[]> embedded(Embedder embedder, List<String> sentences) {
    float[][] vectors = embedder.embedText(sentences);
    Map<String, float[]> bySentence = new HashMap<>();
    for (int i = 0; i < vectors.length; i++) {
      bySentence.put(sentences.get(i), vectors[i]);
    }
    return bySentence;
  }

  private ZeroShotClassifier classifier(
      Map<String, float[]> vectors, List<List<String>> sentences) {
    return ZeroShotClassifier.of(
        sentences, own -> own.stream().map(vectors::get).toArray(float[][]::new), scale);
  }

  /** ε_a · cosine of each label. */
  double[] emotions(float[] vector) {
    return scaled(emotions.cosines(SpeechParts.emotion(vector, dims)));
  }

  /** ε_a · cosine of female and male. */
  double[] genders(float[] vector) {
    return scaled(genders.cosines(SpeechParts.voice(vector, dims)));
  }

  /**
   * Logits of the labels by sentences that name a gender too: log Σ over genders of exp(ε_a·cos).
   */
  double[] emotionsByBoth(float[] vector) {
    float[] emotion = SpeechParts.emotion(vector, dims);
    double[] sums = null;
    for (ZeroShotClassifier classifier : emotionsOfGenders) {
      double[] logits = scaled(classifier.cosines(emotion));
      sums = sums == null ? new double[logits.length] : sums;
      for (int i = 0; i < logits.length; i++) {
        sums[i] += Math.exp(logits[i] - scale);
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = scale + Math.log(sums[i]);
    }
    return sums;
  }

  private double[] scaled(double[] cosines) {
    double[] logits = cosines.clone();
    for (int i = 0; i < logits.length; i++) {
      logits[i] *= scale;
    }
    return logits;
  }
}
