package io.gemoclap.training.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gemoclap.model.blocks.LogitScale;
import io.gemoclap.model.blocks.Tensors;

/**
 * The KL-based contrastive loss of GEmo-CLAP (arXiv 2306.07848, equations 4, 6 and 7).
 *
 * <p>For N pairs with unit vectors A, T (N × d): {@code C_a = ε_a·A·Tᵀ}, {@code C_t = ε_t·T·Aᵀ},
 * and for each {@link Variant.Term} the target P made of the match matrices. A term's loss is
 * {@code ½[KL(P ‖ softmax(C_a)) + KL(P ‖ softmax(C_t))]}, each KL averaged over rows. The loss is
 * zero where the logits equal the match matrix up to a constant a row (softmax targets).
 *
 * <p>Knows features and scales only, no tower. Immutable, thread-safe.
 *
 * @param variant which matches are compared
 * @param alpha weight of the emotion match, [0, 1]; not used by {@link Variant#EMO}
 * @param targets how matches become distributions
 */
public record ContrastiveLoss(Variant variant, double alpha, Targets targets) {
  /** Checks α. */
  public ContrastiveLoss {
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha is " + alpha + ", but must lie in [0, 1]");
    }
  }

  /**
   * The loss of a batch, a scalar tensor in the manager of {@code audio}.
   *
   * @param audio unit vectors A, (N, d)
   * @param text unit vectors T, (N, d)
   * @param logScaleAudio ln ε_a, a scalar; the scale is clamped to [1, 100]
   * @param logScaleText ln ε_t, a scalar
   * @param emotions N emotion classes
   * @param genders N gender classes
   */
  public NDArray of(
      NDArray audio,
      NDArray text,
      NDArray logScaleAudio,
      NDArray logScaleText,
      int[] emotions,
      int[] genders) {
    NDArray logAudio = audio.matMul(text.transpose()).mul(scale(audio, logScaleAudio));
    NDArray logText = text.matMul(audio.transpose()).mul(scale(audio, logScaleText));
    return ofLogits(logAudio, logText, emotions, genders);
  }

  /** The loss of given logits C_a and C_t, (N, N) each. */
  NDArray ofLogits(NDArray audioToText, NDArray textToAudio, int[] emotions, int[] genders) {
    NDManager manager = audioToText.getManager();
    NDArray logAudio = audioToText.logSoftmax(1);
    NDArray logText = textToAudio.logSoftmax(1);
    NDArray loss = Tensors.full(manager, 0);
    for (Variant.Term term : variant.terms(alpha)) {
      double[][] target = target(term, emotions, genders);
      NDArray p = Tensors.floats(manager, flat(target), target.length, target.length);
      NDArray cross = logAudio.add(logText).mul(p).sum();
      double constant = -2 * entropy(target);
      NDArray kl = Tensors.shift(Tensors.scale(cross, -1.0 / target.length), constant);
      loss = loss.add(Tensors.scale(kl, term.weight() / 2));
    }
    return loss;
  }

  private static NDArray scale(NDArray x, NDArray logScale) {
    NDManager manager = x.getManager();
    NDArray one = Tensors.full(manager, 0);
    NDArray largest = Tensors.full(manager, Math.log(LogitScale.LARGEST));
    return one.maximum(logScale).minimum(largest).exp();
  }

  double[][] target(Variant.Term term, int[] emotions, int[] genders) {
    int n = emotions.length;
    double[][] target = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double emotion = emotions[i] == emotions[j] ? 1 : 0;
        double gender = genders[i] == genders[j] ? 1 : 0;
        target[i][j] = term.emotion() * emotion + term.gender() * gender;
      }
      targets.normalize(target[i]);
    }
    return target;
  }

  /** Mean over rows of −Σ p ln p. */
  private static double entropy(double[][] target) {
    double sum = 0;
    for (double[] row : target) {
      for (double p : row) {
        sum -= p > 0 ? p * Math.log(p) : 0;
      }
    }
    return sum / target.length;
  }

  private static float[] flat(double[][] matrix) {
    int n = matrix.length;
    float[] flat = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        flat[i * n + j] = (float) matrix[i][j];
      }
    }
    return flat;
  }
}
