package io.gemoclap.training.run;

import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.table.JsonLines;
import io.gemoclap.training.corpus.Utterance.Gender;
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
  private final List<String> labels;
  private int genders;
  private int rightGenders;

  private Availability(List<String> labels) {
    this.labels = labels;
    confusion = ConfusionMatrix.of(labels);
  }

  /** A level: whether the archive is known, and how many utterances of the group. */
  private record Level(boolean archive, int known) {}

  static void write(RunFolder run, int folds, List<String> labels) throws IOException {
    Map<Level, Availability> pooled = new LinkedHashMap<>();
    for (int i = 1; i <= folds; i++) {
      Path file = run.part(Integer.toString(i)).resolve(ConditionRow.FILE);
      for (ConditionRow row : JsonLines.rows(file, ConditionRow.class)) {
        if (row.perturbation().equals(ConditionRow.CLEAN)) {
          pooled
              .computeIfAbsent(
                  new Level(row.archive(), row.known()), level -> new Availability(labels))
              .add(row);
        }
      }
    }
    List<String> lines = new ArrayList<>(List.of("known_utterances,war,uar,archive,gender"));
    pooled.forEach((level, figures) -> lines.add(figures.line(level)));
    Files.write(run.root().resolve("availability.csv"), lines);
  }

  private void add(ConditionRow row) {
    confusion.add(labels.indexOf(row.emotion()), ZeroShotClassifier.top(row.logits()));
    Gender gender = Gender.valueOf(row.gender().toUpperCase(Locale.ROOT));
    if (gender != Gender.UNKNOWN) {
      genders++;
      rightGenders += ZeroShotClassifier.top(row.genderLogits()) == gender.index() ? 1 : 0;
    }
  }

  private String line(Level level) {
    return String.format(
        Locale.ROOT,
        "%s,%.4f,%.4f,%s,%s",
        ConditionRow.known(level.known()),
        confusion.scores().war(),
        confusion.scores().uar(),
        level.archive() ? "yes" : "no",
        genders == 0 ? "" : String.format(Locale.ROOT, "%.4f", (double) rightGenders / genders));
  }
}
