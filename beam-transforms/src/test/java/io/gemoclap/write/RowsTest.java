package io.gemoclap.write;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RowsTest {
  private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

  @ParameterizedTest
  @CsvSource({
    "Annotation, annotations-*.jsonl",
    "RecordingSummary, recordings-*.jsonl",
    "DecodedRecording, Recording topic",
    "EmotionShare, shares-*.jsonl",
    "EmotionTurn, turns-*.jsonl",
    "Failure, failures-*.jsonl",
    "Embedding, embeddings-*.parquet",
    "Features, features-*.parquet"
  })
  void theDocumentationNamesTheColumnsInTheirOrder(String row, String heading) throws IOException {
    RowType<?> type =
        rows().stream().filter(each -> each.name().equals(row)).findFirst().orElseThrow();
    List<String> columns = type.columns().stream().map(RowType.Column::name).toList();
    Set<String> named = named(section(heading));
    assertEquals(columns, named.stream().filter(columns::contains).toList());
  }

  @Test
  void everyRowIsCheckedHere() {
    assertEquals(8, rows().size());
  }

  @Test
  void theSchemaHasTheColumns() {
    for (RowType<?> row : rows()) {
      assertEquals(
          row.columns().stream().map(RowType.Column::name).toList(),
          row.schema().getFields().stream().map(field -> field.name()).toList());
    }
  }

  private static List<RowType<?>> rows() {
    return Arrays.stream(Rows.class.getDeclaredFields())
        .filter(field -> field.getType() == RowType.class)
        .<RowType<?>>map(
            field -> {
              try {
                return (RowType<?>) field.get(null);
              } catch (IllegalAccessException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  /** Names in code font: those of the first column if the section has a table. */
  private static Set<String> named(String section) {
    String cells =
        section
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(0, line.indexOf('|', 1)))
            .collect(Collectors.joining());
    Set<String> names = new LinkedHashSet<>();
    NAME.matcher(cells.isEmpty() ? section : cells)
        .results()
        .forEach(match -> names.add(match.group(1)));
    return names;
  }

  private static String section(String heading) throws IOException {
    for (String section :
        Splitter.on("\n## ").split(Files.readString(root().resolve("docs/output.md")))) {
      int line = section.indexOf('\n');
      if (section.substring(0, line).contains(heading)) {
        return section.substring(line);
      }
    }
    throw new AssertionError("docs/output.md has no section " + heading);
  }

  /** Tests run in the folder of the module or of the project. */
  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.isDirectory(here.resolve("docs")) ? here : here.getParent();
  }
}
