package io.gemoclap.training.objective;

import java.util.List;

/** The three objectives of GEmo-CLAP (arXiv 2306.07848), as mixtures of match matrices. */
public enum Variant {
  /** Emotion alone (equation 4). */
  EMO,
  /** Multi-task learning: α · emotion loss + (1 − α) · gender loss (equation 6). */
  ML,
  /** Soft labels: one loss on α · emotion match + (1 − α) · gender match (equation 7). */
  SL;

  /** One KL term: its weight in the loss, and the weights of the two matches in its target. */
  record Term(double weight, double emotion, double gender) {}

  List<Term> terms(double alpha) {
    return switch (this) {
      case EMO -> List.of(new Term(1, 1, 0));
      case ML -> List.of(new Term(alpha, 1, 0), new Term(1 - alpha, 0, 1));
      case SL -> List.of(new Term(1, alpha, 1 - alpha));
    };
  }
}
