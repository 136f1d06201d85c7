package io.gemoclap.training.report;

import io.gemoclap.table.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that a run folder holds of its results: {@code run.json}, {@code predictions.jsonl}, {@code
 * curves.jsonl}, {@code consistency.csv} and {@code confidence.json}. Everything that a report says
 * comes from here.
 *
 * @param info the settings of the run
 * @param predictions one row for each test utterance, checkpoint and prompts; never empty
 * @param curves one row for each fold and epoch; may be empty
 * @param consistency one row for each degradation and level; empty where none was judged
 * @param confidence how honest confidence is over all conditions; null where it was not measured
 */
public record FinishedRun(
    RunInfo info,
    List<PredictionRow> predictions,
    List<EpochRow> curves,
    List<ConsistencyRow> consistency,
    ConfidenceFigures confidence) {
  private static final String INFO = "run.json";
  private static final String PREDICTIONS = "predictions.jsonl";
  private static final String CURVES = "curves.jsonl";
  private static final String CONSISTENCY = "consistency.csv";
  private static final String CONFIDENCE = "confidence.json";

  /**
   * Checks that the rows fit the run's labels and each other: every checkpoint choice and prompts
   * judged every utterance once.
   *
   * @throws IllegalArgumentException with a sentence that names the row
   */
  public FinishedRun {
    predictions = List.copyOf(predictions);
    curves = List.copyOf(curves);
    consistency = List.copyOf(consistency);
    RowChecks.check(info, predictions);
  }

  /** A run that judged no degraded recordings. */
  public FinishedRun(RunInfo info, List<PredictionRow> predictions, List<EpochRow> curves) {
    this(info, predictions, curves, List.of(), null);
  }

  /**
   * Reads a run folder. Without {@code curves.jsonl} there are no curves, and without {@code
   * consistency.csv} no degraded recordings.
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
          info,
          predictions,
          JsonLines.rows(folder.resolve(CURVES), EpochRow.class),
          ConsistencyRow.read(folder.resolve(CONSISTENCY)),
          Files.exists(folder.resolve(CONFIDENCE))
              ? JsonLines.readValue(folder.resolve(CONFIDENCE), ConfidenceFigures.class)
              : null);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + folder + "': " + e.getMessage(), e);
    }
  }

  /** Writes these files into a folder that exists, over any that stood there. */
  public void write(Path folder) throws IOException {
    JsonLines.writeValue(folder.resolve(INFO), info);
    JsonLines.writeRows(folder.resolve(PREDICTIONS), predictions);
    JsonLines.writeRows(folder.resolve(CURVES), curves);
    ConsistencyRow.write(folder.resolve(CONSISTENCY), consistency);
    if (confidence == null) {
      Files.deleteIfExists(folder.resolve(CONFIDENCE));
    } else {
      JsonLines.writeValue(folder.resolve(CONFIDENCE), confidence);
    }
  }
}
