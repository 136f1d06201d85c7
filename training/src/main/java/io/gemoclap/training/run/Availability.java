package io.gemoclap.training.run;

import io.gemoclap.table.JsonLines;
import io.gemoclap.training.evaluate.ConfusionMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Pools what the folds say of each level of normalisation into {@code availability.csv}. */
final class Availability {
  private final ConfusionMatrix confusion;
  private int genders;
  private int rightGenders;

  private Availability(List<String> labels) {
    confusion = ConfusionMatrix.of(labels);
  }

  /** A level: whether the archive is known, and how many utterances of the group. */
  private record Level(boolean archive, int known) {}

  static void write(RunFolder run, int folds, List<String> labels) throws IOException {
    Map<Level, Availability> pooled = new LinkedHashMap<>();
    for (int i = 1; i <= folds; i++) {
      Path file = run.part(Integer.toString(i)).resolve("availability.jsonl");
      for (EnrollmentFigures row : JsonLines.rows(file, EnrollmentFigures.class)) {
        pooled
            .computeIfAbsent(
                new Level(row.archive(), row.known()), level -> new Availability(labels))
            .add(row);
      }
    }
    List<String> lines = new ArrayList<>(List.of("known_utterances,war,uar,archive,gender"));
    pooled.forEach((level, figures) -> lines.add(figures.line(level)));
    Files.write(run.root().resolve("availability.csv"), lines);
  }

  private void add(EnrollmentFigures row) {
    confusion.addAll(row.confusion());
    genders += row.genders();
    rightGenders += row.rightGenders();
  }

  private String line(Level level) {
    String known =
        switch (level.known()) {
          case EnrollmentFigures.NOTHING -> "none";
          case EnrollmentFigures.ALL -> "all";
          default -> Integer.toString(level.known());
        };
    return String.format(
        Locale.ROOT,
        "%s,%.4f,%.4f,%s,%s",
        known,
        confusion.scores().war(),
        confusion.scores().uar(),
        level.archive() ? "yes" : "no",
        genders == 0 ? "" : String.format(Locale.ROOT, "%.4f", (double) rightGenders / genders));
  }
}
