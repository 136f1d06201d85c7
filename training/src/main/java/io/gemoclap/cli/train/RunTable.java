package io.gemoclap.cli.train;

import io.gemoclap.training.evaluate.Bootstrap.Interval;
import io.gemoclap.training.report.Report;
import io.gemoclap.training.report.Report.ClassFigures;
import io.gemoclap.training.report.Report.GroupFigures;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints what a training run came to: figures by label and by fold, then in total. */
final class RunTable {
  private static final int NAME = 24;

  private RunTable() {}

  /** Prints the headline figures of a report. */
  static void print(Report report, PrintStream out) {
    labels(report.classes(), out);
    out.println();
    folds(report.folds(), out);
    out.println();
    out.printf(
        Locale.ROOT,
        "WAR %.1f %%  UAR %.1f %%  macro F1 %.1f %%  gender %s  (%d utterances, %d folds, %s%s)%n",
        100 * report.war(),
        100 * report.uar(),
        100 * report.macroF1(),
        report.gender() == null ? "unknown" : percent(report.gender().war().value()) + " %",
        report.figures().get(0).utterances(),
        report.folds().size(),
        report.checkpointChoice().phrase(),
        report.run().speakerDependent() ? "; training may include test speakers" : "");
  }

  private static void labels(List<ClassFigures> labels, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%-" + NAME + "s %10s %8s %10s %8s%n",
        "label (" + labels.size() + ")",
        "utterances",
        "recall",
        "precision",
        "F1");
    for (ClassFigures label : labels) {
      out.printf(
          Locale.ROOT,
          "%-" + NAME + "s %10d %8s %10s %8s%n",
          label.label(),
          label.utterances(),
          percent(label.recall()),
          percent(label.precision()),
          percent(label.f1()));
    }
  }

  private static void folds(List<GroupFigures> folds, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%-" + NAME + "s %10s %8s %8s  %s%n",
        "fold (" + folds.size() + ")",
        "utterances",
        "WAR",
        "UAR",
        "95 % of UAR");
    for (GroupFigures fold : folds) {
      Interval interval = fold.uarInterval();
      out.printf(
          Locale.ROOT,
          "%-" + NAME + "s %10d %8s %8s  %s%n",
          fold.name(),
          fold.utterances(),
          percent(fold.war()),
          percent(fold.uar()),
          interval == null ? "-" : percent(interval.low()) + " to " + percent(interval.high()));
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }
}
