package io.gemoclap.training.adapt;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * By how much one model is better than another on the same clips. Immutable.
 *
 * @param value the difference; negative if it is worse
 * @param error standard deviation of the difference if neither were better, so that chance decided
 *     in each group which of the two is ahead (the randomization test of Fisher 1935, by groups
 *     since their clips are alike)
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Gain(double value, double error) {

  /**
   * Adds up what each clip contributes.
   *
   * @param contributions of the clips; their sum is the difference
   * @param groups of the clips
   */
  static Gain of(double[] contributions, List<String> groups) {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (int i = 0; i < contributions.length; i++) {
      sums.merge(groups.get(i), contributions[i], Double::sum);
    }
    double value = sums.values().stream().mapToDouble(Double::doubleValue).sum();
    double variance = sums.values().stream().mapToDouble(sum -> sum * sum).sum();
    return new Gain(value, Math.sqrt(variance));
  }

  /** Whether it is better by more than the error. */
  public boolean isClear() {
    return value > error;
  }

  /** Whether it is worse by more than the error. */
  public boolean isClearLoss() {
    return value < -error;
  }
}
