package io.gemoclap.training.objective;

/**
 * The paper's formulas once more, in doubles and without an engine: what the losses and, by central
 * differences, their gradients are compared with.
 */
final class ReferenceLoss {
  private final double[][] target;
  private final double[][] genderTarget;
  private final double alpha;

  private ReferenceLoss(double[][] target, double[][] genderTarget, double alpha) {
    this.target = target;
    this.genderTarget = genderTarget;
    this.alpha = alpha;
  }

  /** Softmax targets only. */
  static ReferenceLoss of(Variant variant, double alpha, int[] emotions, int[] genders) {
    double[][] emotion = matches(emotions);
    double[][] gender = matches(genders);
    return switch (variant) {
      case EMO -> new ReferenceLoss(emotion, gender, 1);
      case ML -> new ReferenceLoss(emotion, gender, alpha);
      case SL -> {
        double[][] mixed = new double[emotions.length][emotions.length];
        for (int i = 0; i < mixed.length; i++) {
          for (int j = 0; j < mixed.length; j++) {
            mixed[i][j] = alpha * emotion[i][j] + (1 - alpha) * gender[i][j];
          }
        }
        yield new ReferenceLoss(mixed, gender, 1);
      }
    };
  }

  private static double[][] matches(int[] classes) {
    double[][] matches = new double[classes.length][classes.length];
    for (int i = 0; i < classes.length; i++) {
      for (int j = 0; j < classes.length; j++) {
        matches[i][j] = classes[i] == classes[j] ? 1 : 0;
      }
    }
    return matches;
  }

  /** The loss of vectors (N × d, row-major) and logarithms of both scales. */
  double of(double[] audio, double[] text, double logAudio, double logText) {
    int n = target.length;
    int d = audio.length / n;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double[] toText = new double[n];
      double[] toAudio = new double[n];
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < d; k++) {
          toText[j] += Math.exp(logAudio) * audio[i * d + k] * text[j * d + k];
          toAudio[j] += Math.exp(logText) * text[i * d + k] * audio[j * d + k];
        }
      }
      for (double[] logits : new double[][] {toText, toAudio}) {
        sum += alpha * divergence(target[i], logits);
        sum += (1 - alpha) * divergence(genderTarget[i], logits);
      }
    }
    return sum / (2 * n);
  }

  /** KL(softmax(matches) ‖ softmax(logits)). */
  private static double divergence(double[] matches, double[] logits) {
    double matchSum = 0;
    double logitSum = 0;
    for (int j = 0; j < logits.length; j++) {
      matchSum += Math.exp(matches[j]);
      logitSum += Math.exp(logits[j]);
    }
    double divergence = 0;
    for (int j = 0; j < logits.length; j++) {
      double logP = matches[j] - Math.log(matchSum);
      divergence += Math.exp(logP) * (logP - logits[j] + Math.log(logitSum));
    }
    return divergence;
  }
}
