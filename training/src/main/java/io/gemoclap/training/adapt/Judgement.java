package io.gemoclap.training.adapt;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * The result of a cross-validation. Immutable.
 *
 * @param parts number of parts; 0 if there is one group only, which cannot be held out
 * @param heldOut what the parts say; null without parts
 * @param temperature of a model that is adapted to all clips
 * @param parentTemperature of the parent, refitted to all clips
 */
public record Judgement(
    int parts, @Nullable HeldOut heldOut, double temperature, double parentTemperature) {

  /**
   * Scores on clips of groups that a model has learned nothing from, neither weights nor
   * temperature.
   *
   * @param before of the parent
   * @param confidence of the parent with refitted temperatures
   * @param after of adapted models with refitted temperatures
   * @param confidenceLogLoss by how much the log loss of {@code confidence} is lower than before
   * @param logLoss by how much that of {@code after} is lower than before
   * @param uar by how much UAR of {@code after} is higher than before
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record HeldOut(
      Scores before,
      Scores confidence,
      Scores after,
      @JsonProperty("gain_of_confidence_log_loss") Gain confidenceLogLoss,
      @JsonProperty("gain_log_loss") Gain logLoss,
      @JsonProperty("gain_uar") Gain uar) {

    /** Labels become clearly better without harm to confidence. */
    private boolean improvesLabels() {
      return uar.isClear() && !logLoss.isClearLoss();
    }

    /**
     * Confidence becomes clearly better, more so than by temperature alone, without harm to UAR.
     */
    private boolean improvesConfidence() {
      return logLoss.isClear()
          && logLoss.value() > confidenceLogLoss.value()
          && after.uar() >= before.uar();
    }
  }

  /** What is worth writing. */
  public enum Outcome {
    /** Adapted weights and their temperature. */
    ADAPTED,
    /** The parent's weights with a refitted temperature. */
    CONFIDENCE,
    /** Nothing: neither is better than the parent. */
    NOTHING,
    /** Not known, since nothing can be held out. */
    UNKNOWN
  }

  /**
   * Compares with the parent. Adapted weights are better if UAR is clearly higher and the log loss
   * not clearly higher; or if the log loss is clearly lower, lower than with a refitted temperature
   * alone, and UAR not lower. Otherwise, a refitted temperature is better if the log loss is
   * clearly lower. Clearly means by more than the error of {@link Gain}.
   */
  public Outcome outcome() {
    if (heldOut == null) {
      return Outcome.UNKNOWN;
    }
    if (heldOut.improvesLabels() || heldOut.improvesConfidence()) {
      return Outcome.ADAPTED;
    }
    return heldOut.confidenceLogLoss.isClear() ? Outcome.CONFIDENCE : Outcome.NOTHING;
  }
}
