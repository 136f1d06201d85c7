package io.gemoclap.training.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.gemoclap.table.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code evaluation.json}: bundles under normalisations (rows) on corpora (columns). Immutable.
 *
 * @param command the command with its arguments
 * @param started when, as an ISO 8601 instant
 * @param seconds how long it took
 * @param cells row by row
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record EvaluationMatrix(
    List<String> command, String started, double seconds, List<EvaluationCell> cells) {
  /** Name of the file that programs read. */
  public static final String FILE = "evaluation.json";

  /** Name of the page. */
  public static final String PAGE = "evaluation.html";

  /** Copies the cells. */
  public EvaluationMatrix {
    command = List.copyOf(command);
    cells = List.copyOf(cells);
  }

  /**
   * The UAR of an evaluation with one cell, as a share from 0 to 1.
   *
   * @param folder where it was written
   * @throws IOException when there is no such evaluation, or it has other cells than one
   */
  public static double onlyUar(Path folder) throws IOException {
    JsonNode cells = JsonLines.readValue(folder.resolve(FILE), JsonNode.class).path("cells");
    if (cells.size() != 1 || !cells.get(0).has("uar")) {
      throw new IOException(
          "'%s' has %s cells, but an experiment needs one with a UAR"
              .formatted(folder.resolve(FILE), cells.size()));
    }
    return cells.get(0).get("uar").asDouble();
  }

  /** Writes {@code evaluation.json}, {@code evaluation.csv} and {@code evaluation.html}. */
  public void write(Path folder) throws IOException {
    JsonLines.writeValue(folder.resolve(FILE), this);
    List<List<String>> rows = new ArrayList<>();
    rows.add(EvaluationCell.csvColumns());
    cells.forEach(cell -> rows.add(cell.csv()));
    Files.writeString(folder.resolve("evaluation.csv"), new CsvMapper().writeValueAsString(rows));
    Files.writeString(folder.resolve(PAGE), MatrixPage.render(this));
  }
}
