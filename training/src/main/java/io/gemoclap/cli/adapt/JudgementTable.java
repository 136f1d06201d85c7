package io.gemoclap.cli.adapt;

import io.gemoclap.training.adapt.Gain;
import io.gemoclap.training.adapt.Judgement;
import io.gemoclap.training.adapt.Scores;
import java.io.PrintWriter;
import java.util.Locale;

/** Puts a cross-validation, and what follows from it, into words. */
final class JudgementTable {
  private JudgementTable() {}

  static void print(Judgement judgement, PrintWriter out) {
    Judgement.HeldOut heldOut = judgement.heldOut();
    if (heldOut == null) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "Cross-validation in %d parts that share no speaker or recording; all but the loss in per"
            + " cent:%n%-32s %6s %6s %6s %9s%n",
        judgement.parts(),
        "",
        "UAR",
        "WAR",
        "ECE",
        "log loss");
    print("before", heldOut.before(), out);
    print("temperature fitted to the others", heldOut.confidence(), out);
    print("adapted to the other parts", heldOut.after(), out);
  }

  private static void print(String name, Scores scores, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%-32s %6.1f %6.1f %6.1f %9.3f%n",
        name,
        100 * scores.uar(),
        100 * scores.war(),
        100 * scores.ece(),
        scores.logLoss());
  }

  /** What is better, and by which criterion. */
  static String reason(Judgement judgement) {
    Judgement.HeldOut heldOut = judgement.heldOut();
    if (heldOut == null) {
      return "The adapted model cannot be judged: all clips are of one speaker or recording";
    }
    String adapted = points(heldOut.uar()) + ", " + nats(heldOut.logLoss());
    return switch (judgement.outcome()) {
      case ADAPTED -> "The adapted model is better: " + adapted;
      case CONFIDENCE ->
          "Only confidence becomes better. With a fitted temperature: %s. Adapted weights: %s"
              .formatted(nats(heldOut.confidenceLogLoss()), adapted);
      case NOTHING, UNKNOWN -> "The adapted model would not be better: " + adapted;
    };
  }

  private static String points(Gain uar) {
    return String.format(
        Locale.ROOT,
        "UAR %s by %.1f ± %.1f",
        uar.value() < 0 ? "lower" : "higher",
        Math.abs(100 * uar.value()),
        100 * uar.error());
  }

  private static String nats(Gain lower) {
    return String.format(
        Locale.ROOT,
        "log loss %s by %.3f ± %.3f",
        lower.value() < 0 ? "higher" : "lower",
        Math.abs(lower.value()),
        lower.error());
  }
}
