package io.gemoclap.training.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two rows and two columns; nothing was judged in the last cell. */
final class EvaluationMatrixTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    List<EvaluationCell> cells = new ArrayList<>();
    for (String normalize : List.of("none", "speaker")) {
      for (String corpus : List.of("emodb", "calls")) {
        boolean nothing = normalize.equals("speaker") && corpus.equals("calls");
        FinishedRun run = EvaluationRows.run("bundled", normalize, corpus, EvaluationRows.ROWS);
        cells.add(
            nothing
                ? EvaluationCell.of(
                    "bundled",
                    EvaluationRows.info("bundled", normalize, corpus, 0),
                    null,
                    "speaker/calls")
                : EvaluationCell.of(
                    "bundled", run.info(), Report.of(run), normalize + "/" + corpus));
      }
    }
    new EvaluationMatrix(
            List.of("./gemoclap", "evaluate", "--corpus=<x>"), "2026-05-04T10:00:00Z", 3, cells)
        .write(folder);
  }

  @Test
  void jsonHoldsEachCellWithItsCounts() throws IOException {
    JsonNode cells =
        new ObjectMapper().readTree(folder.resolve("evaluation.json").toFile()).get("cells");
    assertEquals(4, cells.size());
    JsonNode first = cells.get(0);
    assertEquals("bundled", first.get("name").asText());
    assertEquals("emodb", first.get("corpus_name").asText());
    assertTrue(first.get("training_corpus").asBoolean());
    assertEquals((1 / 2.0 + 2 / 3.0) / 2, first.get("uar").asDouble(), 1e-12);
    assertEquals(0.5, first.get("chance").asDouble());
    assertEquals(0.78, first.get("mean_confidence").asDouble(), 1e-12);
    for (String figure : List.of("ece", "mean_confidence")) {
      JsonNode byUtterance = first.get(figure + "_interval");
      assertTrue(
          byUtterance.get("low").asDouble() < byUtterance.get("high").asDouble(), first.toString());
      assertTrue(first.has(figure + "_interval_by_speaker"), first.toString());
    }
    assertEquals(9, first.get("utterances").asInt());
    assertEquals(2, first.get("excluded_labels").get("surprise").asInt());
    assertFalse(cells.get(1).get("training_corpus").asBoolean());
    JsonNode nothing = cells.get(3);
    assertEquals(0, nothing.get("judged").asInt());
    assertFalse(nothing.has("uar"));
  }

  @Test
  void csvHasOneRowACell() throws IOException {
    Table table =
        Table.read(
            "evaluation.csv",
            Files.readString(folder.resolve("evaluation.csv")),
            UnaryOperator.identity(),
            (line, why) -> {
              throw new IOException(line + ": " + why);
            });
    assertEquals(4, table.rows().size());
    Table.Row row = table.rows().get(2);
    assertEquals("speaker", row.get("normalize"));
    assertEquals("calm angry", row.get("labels"));
    assertEquals("3", row.get("excluded"));
    assertEquals("1", row.get("failed"));
    assertEquals(0.6, Double.parseDouble(row.get("war")), 1e-12);
    assertEquals("angry", row.get("most_predicted"));
    assertEquals("speaker/emodb/report.html", row.get("report"));
    assertTrue(table.columns().indexOf("report") < table.columns().indexOf("ece_low"));
    assertTrue(
        Double.parseDouble(row.get("mean_confidence_low"))
            < Double.parseDouble(row.get("mean_confidence")));
    // Speaker a: 0.9 and 0.8. Speaker b: 0.7, 0.6 and 0.9.
    assertEquals(2.2 / 3, Double.parseDouble(row.get("mean_confidence_low_by_speaker")), 1e-12);
    assertEquals(0.85, Double.parseDouble(row.get("mean_confidence_high_by_speaker")), 1e-12);
    assertEquals("", table.rows().get(3).get("ece_high_by_speaker"));
    assertEquals("", table.rows().get(3).get("uar"));
    assertEquals("0", table.rows().get(3).get("judged"));
    for (Table.Row each : table.rows()) {
      assertEquals(table.columns().size(), each.fields().size());
    }
  }

  @Test
  void thePageIsAMatrixOfModelsAndNormalisationsByCorpora() throws IOException {
    String html = Files.readString(folder.resolve("evaluation.html"));
    String matrix = html.substring(html.indexOf("<section id=\"matrix\""));
    matrix = matrix.substring(0, matrix.indexOf("</section>"));
    assertEquals(2, count(matrix, "<th scope=\"row\">bundled"));
    assertTrue(
        Pattern.compile("class=\"n\">emodb</th>\\s*<th scope=\"col\" class=\"n\">calls</th>")
            .matcher(matrix)
            .find(),
        matrix);
    assertEquals(3, count(matrix, "58.3 %"));
    assertTrue(matrix.contains("<a href=\"none/calls/report.html\">"), matrix);
    assertEquals(2, count(matrix, "training corpus"));
    assertEquals(1, count(matrix, "no result"));
    assertTrue(
        Pattern.compile("<dt>mean confidence</dt><dd>78\\.0 \\([0-9.]+–[0-9.]+\\)</dd>")
            .matcher(matrix)
            .find(),
        matrix);
  }

  @Test
  void thePageActsOnNothingAndFetchesNothing() throws IOException {
    String html = Files.readString(folder.resolve("evaluation.html"));
    assertFalse(html.contains("<script"));
    assertFalse(html.contains("<b>glee"), "text from data is no markup");
    assertTrue(html.contains("&lt;b&gt;glee (1), surprise (2)"), html);
    assertTrue(html.contains("default-src 'none'"));
    assertTrue(html.contains("&lt;x&gt;"));
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
