package io.gemoclap.cli.evaluate;

import io.gemoclap.training.report.EvaluationCell;
import io.gemoclap.training.report.EvaluationCell.CellFigures;
import io.gemoclap.training.report.EvaluationMatrix;
import java.io.PrintStream;
import java.util.Locale;

/** Prints what an evaluation came to, one line a cell. */
final class MatrixTable {
  private static final String LINE = "%-24s %-10s %-18s %9s %7s %6s %6s %6s %6s %11s %6s  %s%n";

  private MatrixTable() {}

  static void print(EvaluationMatrix matrix, PrintStream out) {
    out.printf(
        Locale.ROOT,
        LINE,
        "model",
        "normalize",
        "corpus",
        "judged",
        "chance",
        "UAR",
        "WAR",
        "F1",
        "ECE",
        "confidence",
        "gender",
        "excluded labels; failures");
    for (EvaluationCell cell : matrix.cells()) {
      CellFigures figures = cell.figures();
      out.printf(
          Locale.ROOT,
          LINE,
          cell.name(),
          cell.normalize(),
          cell.corpusName(),
          cell.evaluated().judged() + "/" + cell.evaluated().utterances(),
          percent(cell.chance()),
          percent(figures == null ? null : figures.uar()),
          percent(figures == null ? null : figures.war()),
          percent(figures == null ? null : figures.macroF1()),
          percent(figures == null ? null : figures.ece()),
          percent(figures == null ? null : figures.meanConfidence()),
          percent(figures == null ? null : figures.genderWar()),
          "%s; %s%s"
              .formatted(
                  cell.evaluated().excludedInWords(),
                  cell.evaluated().failuresInWords(),
                  cell.trainingCorpus() ? "; the model's training corpus" : ""));
    }
    matrix.cells().stream()
        .filter(cell -> !cell.evaluated().unusedLabels().isEmpty())
        .map(
            cell ->
                "Labels of %s that no utterance of %s has: %s"
                    .formatted(cell.name(), cell.corpusName(), cell.evaluated().unusedInWords()))
        .distinct()
        .forEach(out::println);
  }

  private static String percent(Double share) {
    return share == null ? "-" : String.format(Locale.ROOT, "%.1f", 100 * share);
  }
}
