package io.gemoclap.cli.sample;

import io.gemoclap.sample.estimate.AnswerCounts;
import io.gemoclap.sample.estimate.Estimate;
import io.gemoclap.sample.estimate.Estimates;
import io.gemoclap.sample.estimate.LabelFigures;
import java.io.PrintStream;
import java.util.Locale;

/** Prints estimates in per cent. */
final class EstimatesTable {
  private EstimatesTable() {}

  static void print(Estimates estimates, PrintStream out) {
    AnswerCounts random = estimates.random();
    out.printf(
        Locale.ROOT,
        "%d of %d random segments are answered (%d unsure, %d tied, %d without an answer); %d"
            + " segments in all%n",
        random.answered(),
        random.sampled(),
        random.unsure(),
        random.tied(),
        random.unanswered(),
        estimates.segments());
    if (random.answered() < random.sampled()) {
      out.println(
          "The estimates take the other random segments to be like the answered ones of their"
              + " stratum.");
    }
    estimates
        .collapsed()
        .forEach(
            strata ->
                out.println(
                    "Too few answers: these strata were collapsed: " + String.join(", ", strata)));
    out.println("Per cent, with 95 % intervals:");
    out.printf(
        Locale.ROOT,
        "%-14s %-18s %-18s %8s %-18s %-18s%n",
        "label",
        "of segments",
        "of time",
        "model",
        "precision",
        "recall");
    for (LabelFigures label : estimates.labels()) {
      out.printf(
          Locale.ROOT,
          "%-14s %-18s %-18s %8.1f %-18s %-18s%n",
          label.label(),
          shown(label.share()),
          shown(label.timeShare()),
          100 * label.modelShare().value(),
          shown(label.precision()),
          shown(label.recall()));
    }
    out.println("Accuracy: " + shown(estimates.accuracy()));
    out.println("Accuracy of emotions shown as certain: " + shown(estimates.accuracyShown()));
  }

  private static String shown(Estimate estimate) {
    return estimate == null
        ? "no answers"
        : String.format(
            Locale.ROOT,
            "%.1f (%.1f–%.1f)",
            100 * estimate.value(),
            100 * estimate.low(),
            100 * estimate.high());
  }
}
