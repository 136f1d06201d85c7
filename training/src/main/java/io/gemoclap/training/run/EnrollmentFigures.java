package io.gemoclap.training.run;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureNormalizer;
import io.gemoclap.features.GroupStatistics;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.model.Embedder;
import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.training.evaluate.ConfusionMatrix;
import io.gemoclap.training.example.Example;
import io.gemoclap.training.example.Examples;
import io.gemoclap.training.example.GroupedExamples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How good normalisation is when only a few utterances of a group are known: each test utterance is
 * standardised with itself and {@code k − 1} others of its group, drawn at random.
 *
 * @param known k: 1, 2, 4, 8, 16, or 0 for all
 * @param confusion of the test part, truth by prediction
 */
@SuppressWarnings("ArrayRecordComponent") // a file's content, never compared
record EnrollmentFigures(int known, int[][] confusion) {
  private static final int ALL = 0;
  private static final int[] STEPS = {1, 2, 4, 8, 16, ALL};
  private static final long SEED = 1;

  /** Measures a test part, whose features it holds in memory. */
  static List<EnrollmentFigures> of(
      Examples test,
      NormalizationSpec prior,
      List<String> labels,
      Embedder embedder,
      ZeroShot zeroShot)
      throws IOException {
    Map<String, List<Example>> groups = new LinkedHashMap<>();
    test.forEach(
        example ->
            groups
                .computeIfAbsent(
                    GroupedExamples.group(example.utterance(), prior.by()), g -> new ArrayList<>())
                .add(example));
    FeatureNormalizer normalizer = prior.normalizer();
    List<EnrollmentFigures> all = new ArrayList<>();
    for (int step : STEPS) {
      SplittableRandom random = new SplittableRandom(SEED);
      ConfusionMatrix confusion = ConfusionMatrix.of(labels);
      for (List<Example> group : groups.values()) {
        for (Example example : group) {
          GroupStatistics known = known(group, example, step, random);
          FeatureMatrix matrix = normalizer.normalize(example.clean(), known);
          double[] logits = zeroShot.emotions(embedder.embedSpeech(List.of(matrix))[0]);
          confusion.add(
              labels.indexOf(example.utterance().emotion()), ZeroShotClassifier.top(logits));
        }
      }
      all.add(new EnrollmentFigures(step, confusion.counts()));
    }
    return all;
  }

  private static GroupStatistics known(
      List<Example> group, Example own, int step, SplittableRandom random) {
    List<Example> others = new ArrayList<>(group);
    others.remove(own);
    for (int i = others.size() - 1; i > 0; i--) {
      Collections.swap(others, i, random.nextInt(i + 1));
    }
    int more = step == ALL ? others.size() : Math.min(step - 1, others.size());
    GroupStatistics known = GroupStatistics.of(own.clean());
    for (Example other : others.subList(0, more)) {
      known = known.plus(GroupStatistics.of(other.clean()));
    }
    return known;
  }
}
