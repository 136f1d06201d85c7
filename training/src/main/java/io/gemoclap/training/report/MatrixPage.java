package io.gemoclap.training.report;

import io.gemoclap.html.SelfContainedPage;
import io.gemoclap.training.evaluate.Bootstrap.Interval;
import io.gemoclap.training.report.EvaluationCell.CellFigures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code evaluation.html}: the matrix of an evaluation, with links to the reports of its cells. It
 * has no script, and its content security policy forbids any.
 */
final class MatrixPage {
  private MatrixPage() {}

  /** What the template is filled with. */
  record Page(
      EvaluationMatrix matrix,
      String styles,
      String command,
      String took,
      List<String> corpora,
      List<Row> rows,
      List<Count> counts) {}

  /** One bundle under one normalisation. */
  record Row(String model, String id, String normalize, List<CellView> cells) {}

  /** One cell; without figures where nothing was judged. */
  record CellView(
      String report,
      boolean trained,
      boolean judged,
      String uar,
      String interval,
      String bySpeaker,
      String chance,
      String war,
      String macroF1,
      String confidence,
      String ece,
      String mostPredicted,
      String gender,
      String gap) {}

  /** What became of the utterances of a cell. */
  record Count(
      String model,
      String normalize,
      String corpus,
      String labels,
      int utterances,
      int judged,
      String excluded,
      String failures,
      String unused) {}

  static String render(EvaluationMatrix matrix) throws IOException {
    Map<List<String>, Map<String, EvaluationCell>> rows = new LinkedHashMap<>();
    for (EvaluationCell cell : matrix.cells()) {
      rows.computeIfAbsent(
              List.of(cell.name(), cell.evaluated().modelId(), cell.normalize()),
              row -> new LinkedHashMap<>())
          .put(cell.corpusName(), cell);
    }
    List<String> corpora =
        matrix.cells().stream().map(EvaluationCell::corpusName).distinct().toList();
    List<Row> views = new ArrayList<>();
    rows.forEach(
        (row, cells) ->
            views.add(
                new Row(
                    row.get(0),
                    row.get(1),
                    row.get(2),
                    corpora.stream().map(corpus -> view(cells.get(corpus))).toList())));
    return SelfContainedPage.fill(
        MatrixPage.class,
        "evaluation.mustache",
        new Page(
            matrix,
            SelfContainedPage.styles(),
            matrix.command().stream().map(PageView::quoted).collect(Collectors.joining(" ")),
            Math.round(matrix.seconds()) + " s",
            corpora,
            views,
            matrix.cells().stream().map(MatrixPage::count).toList()));
  }

  private static CellView view(EvaluationCell cell) {
    CellFigures figures = cell.figures();
    String report = cell.folder() + "/report.html";
    String chance = Percent.number(cell.chance());
    if (figures == null) {
      return new CellView(
          report, cell.trainingCorpus(), false, "", "", "", chance, "", "", "", "", "", "", "");
    }
    return new CellView(
        report,
        cell.trainingCorpus(),
        true,
        Percent.of(figures.uar()),
        Percent.of(figures.uarInterval()),
        Percent.of(figures.uarIntervalBySpeaker()),
        chance,
        Percent.number(figures.war()),
        Percent.number(figures.macroF1()),
        withInterval(figures.meanConfidence(), figures.meanConfidenceInterval()),
        withInterval(figures.ece(), figures.eceInterval()),
        figures.mostPredicted().label() + " " + Percent.number(figures.mostPredicted().share()),
        figures.genderWar() == null
            ? "–"
            : Percent.number(figures.genderWar()) + " / " + Percent.number(figures.genderUar()),
        figures.genderGap() == null
            ? "–"
            : withInterval(figures.genderGap(), figures.genderGapInterval()));
  }

  private static String withInterval(double share, Interval interval) {
    return Percent.number(share) + " (" + Percent.of(interval) + ")";
  }

  private static Count count(EvaluationCell cell) {
    Evaluated evaluated = cell.evaluated();
    return new Count(
        cell.name(),
        cell.normalize(),
        cell.corpusName(),
        String.join(", ", cell.labels()),
        evaluated.utterances(),
        evaluated.judged(),
        evaluated.excludedInWords(),
        evaluated.failuresInWords(),
        evaluated.unusedInWords());
  }
}
