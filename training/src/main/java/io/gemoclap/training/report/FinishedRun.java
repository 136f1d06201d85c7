package io.gemoclap.training.report;

import io.gemoclap.table.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that a run folder holds of its results: {@code run.json}, {@code predictions.jsonl} and
 * {@code curves.jsonl}. Everything that a report says comes from here.
 *
 * @param info the settings of the run
 * @param predictions one row for each test utterance, checkpoint and prompts; never empty
 * @param curves one row for each fold and epoch; may be empty
 */
public record FinishedRun(RunInfo info, List<PredictionRow> predictions, List<EpochRow> curves) {
  private static final String INFO = "run.json";
  private static final String PREDICTIONS = "predictions.jsonl";
  private static final String CURVES = "curves.jsonl";

  /**
   * Checks that the rows fit the run's labels and each other: every checkpoint choice and prompts
   * judged every utterance once.
   *
   * @throws IllegalArgumentException with a sentence that names the row
   */
  public FinishedRun {
    predictions = List.copyOf(predictions);
    curves = List.copyOf(curves);
    RowChecks.check(info, predictions);
  }

  /**
   * Reads a run folder. Without {@code curves.jsonl} there are no curves.
   *
   * @throws IllegalArgumentException when there is no such folder, a file is missing, or rows do
   *     not fit; the sentence says which
   * @throws IOException when a file cannot be read or is not what it should be
   */
  public static FinishedRun read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("There is no run folder '" + folder + "'");
    }
    List<String> missing =
        Stream.of(INFO, PREDICTIONS).filter(f -> !Files.isRegularFile(folder.resolve(f))).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + folder + "' is not a finished run: it has no " + String.join(" and no ", missing));
    }
    RunInfo info = JsonLines.readValue(folder.resolve(INFO), RunInfo.class);
    List<PredictionRow> predictions =
        JsonLines.rows(folder.resolve(PREDICTIONS), PredictionRow.class);
    try {
      return new FinishedRun(
          info, predictions, JsonLines.rows(folder.resolve(CURVES), EpochRow.class));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + folder + "': " + e.getMessage(), e);
    }
  }

  /** Writes the three files into a folder that exists, over any that stood there. */
  public void write(Path folder) throws IOException {
    JsonLines.writeValue(folder.resolve(INFO), info);
    JsonLines.writeRows(folder.resolve(PREDICTIONS), predictions);
    JsonLines.writeRows(folder.resolve(CURVES), curves);
  }
}
