package io.gemoclap.training.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CorpusCsvTest {
  @TempDir private Path folder;

  private final Reading problems = new Reading("table", LabelMap.load("common"));

  private CorpusCsv read(String name, String text) throws IOException {
    return read(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private CorpusCsv read(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, bytes);
    return CorpusCsv.read(file.toString(), problems, "path", "emotion");
  }

  private List<Problem> problems() {
    return problems.corpus().problems();
  }

  @Test
  void rowsKnowTheirLinesWhateverStandsBetweenThem() throws IOException {
    CorpusCsv table = read("t.csv", "path,emotion\n\"a\nb\",x\n\nc,d\r\ne,f,g\n\"h\",i\n");
    assertEquals(List.of("a\nb", "c", "h"), table.rows().stream().map(r -> r.get("path")).toList());
    assertEquals(List.of(2L, 5L, 7L), table.rows().stream().map(CorpusCsv.Row::line).toList());
    assertEquals(6, problems().get(0).line());
    assertEquals("the row has 3 fields, but the header has 2", problems().get(0).message());
  }

  @Test
  void tabsSeparateWhereTheNameEndsInTsv() throws IOException {
    CorpusCsv.Row row = read("t.tsv", "path\temotion\na,b.wav\tsad\n").rows().get(0);
    assertEquals("a,b.wav", row.get("path"));
    assertEquals("sad", row.get("Emotion"));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void theHeaderTellsWhatSeparatesColumns(String separator) throws IOException {
    CorpusCsv table = read("t.csv", "path,\"emotion\"\na.wav,sad\n".replace(",", separator));
    assertEquals("sad", table.rows().get(0).get("emotion"));
    assertEquals(!separator.equals(","), table.decimalCommas());
  }

  @Test
  void marksOfExcelAndLatinLettersAreUnderstood() throws IOException {
    assertEquals(
        "ü.wav", read("u.csv", "\uFEFFPath, Emotion\nü.wav,sad\n").rows().get(0).get("path"));
    byte[] latin = "path,emotion\nü.wav,sad\n".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals("ü.wav", read("l.csv", latin).rows().get(0).get("path"));
  }

  @Test
  void anOpenQuoteIsAProblemAndEarlierRowsStay() throws IOException {
    CorpusCsv table = read("q.csv", "path,emotion\na,b\n\"c,d\n");
    assertEquals(1, table.rows().size());
    assertTrue(problems().get(0).message().startsWith("cannot be read from this line on: "));
  }

  @Test
  void aMissingColumnIsNamedWithTheHeader() {
    String message =
        assertThrows(IOException.class, () -> read("m.csv", "path,label\na,b\n")).getMessage();
    assertTrue(message.contains("has no column emotion; its header is [path, label]"), message);
    assertTrue(message.contains("separated by commas, semicolons or tabs"), message);
  }

  @Test
  void aColumnThatStandsTwiceIsRejected() {
    String message =
        assertThrows(IOException.class, () -> read("d.csv", "path,emotion,Path\n")).getMessage();
    assertTrue(message.endsWith("has the column path twice"), message);
  }
}
