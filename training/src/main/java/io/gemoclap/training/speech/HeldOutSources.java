package io.gemoclap.training.speech;

import static java.util.Objects.requireNonNull;

import io.gemoclap.audio.speech.SpeechNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well a threshold separates speech from other sounds in sources that were not trained on: each
 * fifth of the sources is judged by a network that was trained on the others. This chooses the
 * threshold without the recordings of the test.
 */
public final class HeldOutSources {
  private static final int FOLDS = 5;

  /**
   * One threshold.
   *
   * @param threshold least probability of what counts as speech
   * @param lost share of speech below it
   * @param rejected share of other sounds below it
   */
  public record Point(double threshold, double lost, double rejected) {}

  private HeldOutSources() {}

  /** Points for the thresholds 0.05, 0.10 and so on, up to 0.95. */
  public static List<Point> curve(List<SpeechClip> clips, long seed) {
    Map<String, Integer> folds = folds(clips);
    double[] probabilities = new double[clips.size()];
    for (int fold = 0; fold < FOLDS; fold++) {
      int held = fold;
      SpeechNetwork network =
          NetworkTrainer.fit(
              clips.stream().filter(clip -> fold(folds, clip) != held).toList(), seed);
      for (int i = 0; i < probabilities.length; i++) {
        if (fold(folds, clips.get(i)) == fold) {
          probabilities[i] = network.probability(clips.get(i).cues());
        }
      }
    }
    List<Point> curve = new ArrayList<>();
    for (int step = 1; step < 20; step++) {
      double threshold = step / 20.0;
      curve.add(
          new Point(
              threshold,
              share(clips, probabilities, true, threshold),
              share(clips, probabilities, false, threshold)));
    }
    return curve;
  }

  /** Deals the sources of each kind out in turn, in the order of their names. */
  private static Map<String, Integer> folds(List<SpeechClip> clips) {
    Map<String, Integer> folds = new TreeMap<>();
    clips.forEach(clip -> folds.put(key(clip), 0));
    int next = 0;
    for (Map.Entry<String, Integer> source : folds.entrySet()) {
      source.setValue(next++ % FOLDS);
    }
    return folds;
  }

  private static int fold(Map<String, Integer> folds, SpeechClip clip) {
    return requireNonNull(folds.get(key(clip)));
  }

  private static String key(SpeechClip clip) {
    return clip.speech() + " " + clip.source();
  }

  private static double share(
      List<SpeechClip> clips, double[] probabilities, boolean speech, double threshold) {
    int all = 0;
    int below = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (clips.get(i).speech() == speech) {
        all++;
        below += probabilities[i] < threshold ? 1 : 0;
      }
    }
    return all == 0 ? 0 : (double) below / all;
  }
}
