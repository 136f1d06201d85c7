package io.gemoclap.training.adapt;

import io.gemoclap.training.evaluate.Calibration.Item;
import io.gemoclap.training.evaluate.ConfidenceFit;
import io.gemoclap.training.evaluate.ConfidenceFit.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What models say of clips that they were not adapted to: each clip is judged by the parent, and by
 * a model that was adapted to the clips of other groups.
 *
 * @param labels the labels
 * @param parts for each clip, the number of its part
 * @param before for each clip, logits of the parent
 * @param after for each clip, logits of the model that was adapted to the other parts
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one judgement, never compared
record HeldOutClips(List<String> labels, int[] parts, List<Sample> before, List<Sample> after) {
  /** Most parts: each costs an adaptation. */
  private static final int PARTS = 5;

  /**
   * Judges clips.
   *
   * @param clips of at least two groups
   * @param distances ln d of each clip's distance d from the training data, 0 if not known
   */
  static HeldOutClips of(
      Learner learner, List<String> labels, List<Clip> clips, double[] distances) {
    int[] parts = GroupFolds.of(clips, PARTS);
    learner.reset();
    double[][] before = learner.logits(clips.stream().map(Clip::features).toList());
    double[][] after = new double[clips.size()][];
    for (int part = 0; part < PARTS; part++) {
      List<Integer> own = new ArrayList<>();
      List<Clip> others = new ArrayList<>();
      for (int i = 0; i < parts.length; i++) {
        if (parts[i] == part) {
          own.add(i);
        } else {
          others.add(clips.get(i));
        }
      }
      if (own.isEmpty()) {
        continue;
      }
      learner.fit(others);
      double[][] logits = learner.logits(own.stream().map(i -> clips.get(i).features()).toList());
      for (int i = 0; i < logits.length; i++) {
        after[own.get(i)] = logits[i];
      }
    }
    return new HeldOutClips(
        labels,
        parts,
        samples(before, labels, clips, distances),
        samples(after, labels, clips, distances));
  }

  private static List<Sample> samples(
      double[][] logits, List<String> labels, List<Clip> clips, double[] distances) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < logits.length; i++) {
      samples.add(
          new Sample(new Item(logits[i], labels.indexOf(clips.get(i).label())), distances[i]));
    }
    return samples;
  }

  /** The number of parts. */
  int count() {
    return (int) Arrays.stream(parts).distinct().count();
  }

  /** Scores of the parent at its own temperature. */
  Scores scoresBefore(ConfidenceFit parent) {
    return scores(before, before.stream().map(parent::probabilities).toArray(double[][]::new));
  }

  /**
   * Scores of the adapted models, each clip at a temperature that is fitted on the other parts, so
   * that no clip is judged by a number that has seen it.
   */
  Scores scoresAfter(ConfidenceFit parent) {
    double[][] probabilities = new double[after.size()][];
    for (int part = 0; part < PARTS; part++) {
      List<Sample> others = new ArrayList<>();
      for (int i = 0; i < parts.length; i++) {
        if (parts[i] != part) {
          others.add(after.get(i));
        }
      }
      ConfidenceFit fit = Temperatures.refitted(parent, others);
      for (int i = 0; i < parts.length; i++) {
        if (parts[i] == part) {
          probabilities[i] = fit.probabilities(after.get(i));
        }
      }
    }
    return scores(after, probabilities);
  }

  /** The temperature of a model that is adapted to all clips. */
  double temperature(ConfidenceFit parent) {
    return Temperatures.refitted(parent, after).temperature();
  }

  private Scores scores(List<Sample> samples, double[][] probabilities) {
    int[] truths = samples.stream().mapToInt(sample -> sample.item().truth()).toArray();
    return Scores.of(labels, truths, probabilities);
  }
}
