package io.gemoclap.training.adapt;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.training.evaluate.ConfusionMatrix;
import io.gemoclap.training.evaluate.Reliability;
import java.util.Arrays;
import java.util.List;

/**
 * How a model does on labelled clips. Immutable.
 *
 * @param clips number of clips
 * @param uar unweighted average recall over the labels that a clip has, 0 to 1
 * @param war weighted average recall, 0 to 1
 * @param ece expected calibration error, 0 to 1
 * @param logLoss mean of −ln of the probability of the right label, in nats
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Scores(int clips, double uar, double war, double ece, double logLoss) {
  /** Keeps the loss finite where a probability is 0. */
  private static final double LEAST = 1e-12;

  /**
   * Scores probabilities.
   *
   * @param labels the labels
   * @param truths index of the right label of each clip
   * @param probabilities of each label, for each clip
   */
  public static Scores of(List<String> labels, int[] truths, double[][] probabilities) {
    ConfusionMatrix confusion = ConfusionMatrix.of(labels);
    Reliability reliability = new Reliability();
    for (int i = 0; i < truths.length; i++) {
      int top = ZeroShotClassifier.top(probabilities[i]);
      confusion.add(truths[i], top);
      reliability.add(probabilities[i][top], top == truths[i]);
    }
    ConfusionMatrix.Scores scores = confusion.scores();
    return new Scores(
        truths.length,
        scores.uar(),
        scores.war(),
        reliability.expectedError(),
        Arrays.stream(losses(truths, probabilities)).average().orElse(Double.NaN));
  }

  /** −ln of the probability of the right label, for each clip. */
  static double[] losses(int[] truths, double[][] probabilities) {
    double[] losses = new double[truths.length];
    for (int i = 0; i < truths.length; i++) {
      losses[i] = -Math.log(Math.max(LEAST, probabilities[i][truths[i]]));
    }
    return losses;
  }
}
