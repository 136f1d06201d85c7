package io.gemoclap.training.adapt;

import io.gemoclap.score.ZeroShotClassifier;
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
 * @param groups for each clip, its group
 * @param parts for each clip, the number of its part
 * @param before for each clip, logits of the parent
 * @param after for each clip, logits of the model that was adapted to the other parts
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one judgement, never compared
record HeldOutClips(
    List<String> labels,
    List<String> groups,
    int[] parts,
    List<Sample> before,
    List<Sample> after) {
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
        clips.stream().map(Clip::group).toList(),
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

  /** Compares the models, and fits the temperatures of those that know all clips. */
  Judgement judge(ConfidenceFit parent) {
    double[][] own = before.stream().map(parent::probabilities).toArray(double[][]::new);
    double[][] refitted = refitted(parent, before);
    double[][] adapted = refitted(parent, after);
    double[] losses = losses(own);
    return new Judgement(
        count(),
        new Judgement.HeldOut(
            scores(own),
            scores(refitted),
            scores(adapted),
            logLossGain(losses, losses(refitted)),
            logLossGain(losses, losses(adapted)),
            uarGain(own, adapted)),
        Temperatures.refitted(parent, after).temperature(),
        Temperatures.refitted(parent, before).temperature());
  }

  private Gain logLossGain(double[] before, double[] after) {
    double[] contributions = new double[before.length];
    for (int i = 0; i < before.length; i++) {
      contributions[i] = (before[i] - after[i]) / before.length;
    }
    return Gain.of(contributions, groups);
  }

  /** A clip that is recognised contributes its part of the recall of its label. */
  private Gain uarGain(double[][] before, double[][] after) {
    int[] truths = truths();
    int[] clips = new int[labels.size()];
    for (int truth : truths) {
      clips[truth]++;
    }
    long present = Arrays.stream(clips).filter(count -> count > 0).count();
    double[] contributions = new double[truths.length];
    for (int i = 0; i < truths.length; i++) {
      int was = ZeroShotClassifier.top(before[i]) == truths[i] ? 1 : 0;
      int is = ZeroShotClassifier.top(after[i]) == truths[i] ? 1 : 0;
      contributions[i] = (is - was) / (double) (present * clips[truths[i]]);
    }
    return Gain.of(contributions, groups);
  }

  /** Each clip at a temperature that is fitted on the other parts, so that none has seen it. */
  private double[][] refitted(ConfidenceFit parent, List<Sample> samples) {
    double[][] probabilities = new double[samples.size()][];
    for (int part = 0; part < PARTS; part++) {
      List<Sample> others = new ArrayList<>();
      for (int i = 0; i < parts.length; i++) {
        if (parts[i] != part) {
          others.add(samples.get(i));
        }
      }
      ConfidenceFit fit = Temperatures.refitted(parent, others);
      for (int i = 0; i < parts.length; i++) {
        if (parts[i] == part) {
          probabilities[i] = fit.probabilities(samples.get(i));
        }
      }
    }
    return probabilities;
  }

  private int[] truths() {
    return before.stream().mapToInt(sample -> sample.item().truth()).toArray();
  }

  private double[] losses(double[][] probabilities) {
    return Scores.losses(truths(), probabilities);
  }

  private Scores scores(double[][] probabilities) {
    return Scores.of(labels, truths(), probabilities);
  }
}
