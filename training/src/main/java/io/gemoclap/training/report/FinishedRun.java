package io.gemoclap.training.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  static final ObjectMapper PRETTY = JSON.copy().enable(SerializationFeature.INDENT_OUTPUT);

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
    RunInfo info;
    try {
      info = JSON.readValue(Files.readString(folder.resolve(INFO)), RunInfo.class);
    } catch (JsonProcessingException e) {
      throw new IOException(folder.resolve(INFO) + ": " + e.getOriginalMessage(), e);
    }
    List<PredictionRow> predictions = rows(folder.resolve(PREDICTIONS), PredictionRow.class);
    Path curves = folder.resolve(CURVES);
    try {
      return new FinishedRun(
          info, predictions, Files.exists(curves) ? rows(curves, EpochRow.class) : List.of());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + folder + "': " + e.getMessage(), e);
    }
  }

  private static <T> List<T> rows(Path file, Class<T> type) throws IOException {
    List<T> rows = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank()) {
          rows.add(row(file, number, line, type));
        }
      }
    }
    return rows;
  }

  private static <T> T row(Path file, int number, String line, Class<T> type) throws IOException {
    try {
      return JSON.readValue(line, type);
    } catch (JsonProcessingException e) {
      throw new IOException(file + ", line " + number + ": " + e.getOriginalMessage(), e);
    }
  }

  /** Writes the three files into a folder that exists, over any that stood there. */
  public void write(Path folder) throws IOException {
    Files.writeString(folder.resolve(INFO), PRETTY.writeValueAsString(info) + "\n");
    writeRows(folder.resolve(PREDICTIONS), predictions);
    writeRows(folder.resolve(CURVES), curves);
  }

  private static void writeRows(Path file, List<?> rows) throws IOException {
    try (var writer = Files.newBufferedWriter(file)) {
      for (Object row : rows) {
        writer.write(JSON.writeValueAsString(row));
        writer.write('\n');
      }
    }
  }
}
