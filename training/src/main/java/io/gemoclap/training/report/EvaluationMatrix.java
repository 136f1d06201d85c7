package io.gemoclap.training.report;

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
