package io.gemoclap.training.report;

import io.gemoclap.training.report.Report.CalibrationFigures;
import io.gemoclap.training.report.Report.ClassFigures;
import io.gemoclap.training.report.Report.Figures;
import io.gemoclap.training.report.Report.GroupFigures;
import io.gemoclap.training.report.Report.HardUtterance;
import io.gemoclap.training.report.Report.LearningFigures;
import io.gemoclap.training.report.Report.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report as the words and numbers of its page. */
record PageView(
    Report report,
    String command,
    String took,
    EvaluatedView evaluated,
    List<Tile> tiles,
    boolean testChosen,
    boolean devChosen,
    boolean lastEpoch,
    List<FiguresView> figures,
    List<GroupView> folds,
    boolean learned,
    boolean devCurves,
    List<LearningView> learning,
    List<MatrixRow> matrix,
    List<ClassView> classes,
    List<GroupView> speakers,
    String hiddenSpeakers,
    List<GroupView> genders,
    List<GapView> gaps,
    FiguresView gender,
    CalibrationView calibration,
    List<HardView> hardest,
    ConsistencyView consistency,
    SelectiveView selective,
    List<Named> settings,
    List<Named> versions) {
  private static final int MOST = 40;

  /** A headline number. */
  record Tile(String name, String value, String note) {}

  /** One row of scores. */
  record FiguresView(
      String chosen, boolean optimistic, String prompts, int utterances, List<ScoreView> scores) {}

  /** One score with its spread. */
  record ScoreView(String value, String byUtterance, String bySpeaker, String folds) {}

  /** Figures of a fold, speaker or gender. */
  record GroupView(
      String name, int utterances, String war, String uar, String interval, String macroF1) {}

  /** How far two groups lie apart. */
  record GapView(String of, String best, String worst, String gap, String interval) {}

  /** How training of one fold went. */
  record LearningView(
      String fold, int epochs, String loss, String dev, String devEpoch, String test) {}

  /** One true label of the confusion matrix. */
  record MatrixRow(String label, int utterances, List<Cell> cells) {}

  /** Utterances of one true label under one prediction; strong ones bear light letters. */
  record Cell(int count, String percent, String share, boolean strong, boolean right) {}

  /** Figures of one label. */
  record ClassView(String label, int utterances, String recall, String precision, String f1) {}

  /** Calibration in words; intervals are of what holds for unseen utterances. */
  record CalibrationView(
      String before,
      String after,
      String error,
      String errorBySpeaker,
      String confidence,
      String confidenceInterval,
      String confidenceBySpeaker,
      String temperature,
      boolean unseen,
      List<BinView> bins) {}

  /** One bin of the reliability diagram. */
  record BinView(String range, int items, String confidence, String accuracy) {}

  /** An utterance to listen to. */
  record HardView(HardUtterance of, String probability, String confidence, String audio) {}

  /** A setting or a version. */
  record Named(String name, String value) {}

  static PageView of(Report report, AudioClips clips) {
    RunInfo run = report.run();
    List<GroupFigures> speakers = worst(report.speakers());
    int hidden = report.speakers().size() - speakers.size();
    return new PageView(
        report,
        run.command().stream().map(PageView::quoted).collect(Collectors.joining(" ")),
        Math.round(run.seconds()) + " s",
        run.evaluated() == null ? null : EvaluatedView.of(run),
        tiles(report),
        report.checkpointChoice() == SelectedEpoch.TEST,
        report.checkpointChoice() == SelectedEpoch.DEV,
        report.checkpointChoice() == SelectedEpoch.LAST,
        report.figures().stream().map(PageView::figures).toList(),
        report.folds().stream().map(PageView::group).toList(),
        !report.learning().isEmpty(),
        report.learning().stream().anyMatch(fold -> fold.bestDevUar() != null),
        report.learning().stream().map(PageView::learning).toList(),
        matrix(report),
        report.classes().stream().map(PageView::label).toList(),
        speakers.stream().map(PageView::group).toList(),
        hidden > 0 ? Integer.toString(hidden) : "",
        report.genders().stream().map(PageView::group).toList(),
        report.gaps().stream().map(PageView::gap).toList(),
        report.gender() == null ? null : figures(report.gender()),
        calibration(report.calibration()),
        report.hardest().stream().map(hard -> hard(hard, clips)).toList(),
        report.consistency().isEmpty() ? null : ConsistencyView.of(report.consistency()),
        SelectiveView.of(report),
        named(run.settings()),
        named(run.versions()));
  }

  /** At most 40 groups, those with the least UAR first. */
  static List<GroupFigures> worst(List<GroupFigures> groups) {
    return groups.stream()
        .sorted(Comparator.comparingDouble(GroupFigures::uar).thenComparing(GroupFigures::name))
        .limit(MOST)
        .toList();
  }

  /** An argument as a shell would take it back. */
  static String quoted(String argument) {
    return argument.matches("[\\w@%+=:,./-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  private static List<Tile> tiles(Report report) {
    Figures figures = report.figures().get(0);
    List<Tile> tiles = new ArrayList<>();
    tiles.add(tile("UAR, unweighted average recall", figures.uar()));
    tiles.add(tile("WAR, weighted average recall", figures.war()));
    tiles.add(tile("Macro F1", figures.macroF1()));
    if (report.gender() != null) {
      tiles.add(tile("Gender, zero-shot (UAR)", report.gender().uar()));
    }
    if (report.run().evaluated() != null) {
      tiles.add(
          new Tile(
              "Mean confidence",
              Percent.of(report.calibration().confidenceBefore()),
              "95 %% interval %s; calibration error %s"
                  .formatted(
                      Percent.of(report.calibration().confidenceInterval()),
                      Percent.of(report.calibration().eceBefore()))));
      tiles.add(
          new Tile(
              "Most frequent prediction",
              Percent.of(report.mostPredicted().share()),
              "%s, the truth of %s"
                  .formatted(
                      report.mostPredicted().label(),
                      Percent.of(report.mostPredicted().trueShare()))));
    }
    return tiles;
  }

  private static Tile tile(String name, Score score) {
    return new Tile(
        name, Percent.of(score.value()), "95 % interval " + Percent.of(score.byUtterance()));
  }

  private static FiguresView figures(Figures figures) {
    return new FiguresView(
        switch (figures.checkpoint()) {
          case DEV -> "development part";
          case LAST -> "nothing: last epoch";
          case BUNDLE -> "nothing: finished bundle";
          case TEST -> "test part";
        },
        figures.checkpoint() == SelectedEpoch.TEST,
        figures.prompts(),
        figures.utterances(),
        List.of(score(figures.war()), score(figures.uar()), score(figures.macroF1())));
  }

  private static ScoreView score(Score score) {
    return new ScoreView(
        Percent.of(score.value()),
        Percent.of(score.byUtterance()),
        Percent.of(score.bySpeaker()),
        Percent.number(score.foldMean())
            + (score.foldStd() == null ? "" : " ± " + Percent.number(score.foldStd())));
  }

  private static GroupView group(GroupFigures group) {
    return new GroupView(
        group.name(),
        group.utterances(),
        Percent.of(group.war()),
        Percent.of(group.uar()),
        Percent.of(group.uarInterval()),
        Percent.of(group.macroF1()));
  }

  private static GapView gap(Report.GroupGap gap) {
    return new GapView(
        gap.of(), gap.best(), gap.worst(), Percent.number(gap.gap()), Percent.of(gap.interval()));
  }

  private static LearningView learning(LearningFigures fold) {
    return new LearningView(
        fold.fold(),
        fold.epochs(),
        fold.lastLoss() == null ? "–" : String.format(Locale.ROOT, "%.4f", fold.lastLoss()),
        Percent.of(fold.bestDevUar()),
        fold.bestDevEpoch() == null ? "–" : fold.bestDevEpoch().toString(),
        Percent.of(fold.bestTestUar()));
  }

  private static List<MatrixRow> matrix(Report report) {
    List<MatrixRow> rows = new ArrayList<>();
    for (int truth = 0; truth < report.confusion().length; truth++) {
      ClassFigures label = report.classes().get(truth);
      List<Cell> cells = new ArrayList<>();
      for (int k = 0; k < report.confusion().length; k++) {
        int count = report.confusion()[truth][k];
        double share = (double) count / Math.max(1, label.utterances());
        cells.add(
            new Cell(
                count,
                Percent.number(share),
                String.format(Locale.ROOT, "%.3f", share),
                share > 0.75,
                k == truth));
      }
      rows.add(new MatrixRow(label.label(), label.utterances(), cells));
    }
    return rows;
  }

  private static ClassView label(ClassFigures label) {
    return new ClassView(
        label.label(),
        label.utterances(),
        Percent.of(label.recall()),
        Percent.of(label.precision()),
        Percent.of(label.f1()));
  }

  private static CalibrationView calibration(CalibrationFigures calibration) {
    boolean unseen = calibration.eceAfter() != null;
    return new CalibrationView(
        Percent.of(calibration.eceBefore()),
        Percent.of(calibration.eceAfter()),
        Percent.of(calibration.eceInterval()),
        Percent.of(calibration.eceIntervalBySpeaker()),
        Percent.of(unseen ? calibration.confidenceAfter() : calibration.confidenceBefore()),
        Percent.of(calibration.confidenceInterval()),
        Percent.of(calibration.confidenceIntervalBySpeaker()),
        calibration.temperature() == null
            ? null
            : String.format(Locale.ROOT, "%.3f", calibration.temperature()),
        unseen,
        (unseen ? calibration.binsAfter() : calibration.binsBefore())
            .stream()
                .map(
                    bin ->
                        new BinView(
                            Percent.number(bin.low()) + "–" + Percent.number(bin.high()),
                            bin.items(),
                            Percent.of(bin.confidence()),
                            Percent.of(bin.accuracy())))
                .toList());
  }

  private static HardView hard(HardUtterance hard, AudioClips clips) {
    return new HardView(
        hard,
        Percent.of(hard.probability()),
        Percent.of(hard.confidence()),
        clips.embed(hard.uri()).orElse(null));
  }

  private static List<Named> named(Map<String, ?> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(entry -> new Named(entry.getKey(), String.valueOf(entry.getValue())))
            .toList();
  }
}
