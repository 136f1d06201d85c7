package io.gemoclap.cli.annotate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.table.Table;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestRowsTest {

  private static Table read(String name, String text) throws IOException {
    return RecordingManifest.table(name, text);
  }

  private static List<Long> lines(Table table) {
    return table.rows().stream().map(Table.Row::line).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aByteOrderMarkDeterminesTheEncoding(String encoding) throws IOException {
    for (String name : List.of("a.csv", "a.jsonl")) {
      String row = name.endsWith("csv") ? "path\nMüller.wav\n" : "{\"path\":\"Müller.wav\"}\n";
      byte[] bytes = ("\uFEFF" + row).getBytes(Charset.forName(encoding));
      assertEquals(
          "Müller.wav", RecordingManifest.table(name, Table.text(bytes)).rows().get(0).get("path"));
    }
  }

  @Test
  void whatIsNotUtf8IsLatin1() throws IOException {
    byte[] bytes = "path\nMüller.wav\n".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        "Müller.wav",
        RecordingManifest.table("a.csv", Table.text(bytes)).rows().get(0).get("path"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void blankLinesArePassedOverAndLinesCountedAsAnEditorDoes(String end) throws IOException {
    Table csv =
        read(
            "a.csv",
            String.join(end, "", "path,x", "", "a.wav,1", "  ", ",", "\"b\n.wav\",2", "c.wav,3"));
    assertEquals(List.of(4L, 7L, 9L), lines(csv));
    Table json =
        read("a.jsonl", String.join(end, "", "{\"path\":\"a\"}", " ", "{\"path\":\"b\"}", ""));
    assertEquals(List.of(2L, 4L), lines(json));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void theHeaderDeterminesTheSeparator(String separator) throws IOException {
    Table table = read("a.csv", "path,start_s\na b.wav,1\n".replace(",", separator));
    assertEquals(separator.charAt(0), table.separator());
    assertEquals(Map.of("path", "a b.wav", "start_s", "1"), table.rows().get(0).values());
  }

  @Test
  void namesMayHoldQuotesSeparatorsAndLineBreaks() throws IOException {
    Table table = read("a.csv", "path\n\"a\"\"b,c\nd.wav\"\n  e.wav\n");
    assertEquals("a\"b,c\nd.wav", table.rows().get(0).get("path"));
    assertEquals("  e.wav", table.rows().get(1).get("path"), "blanks belong to a name");
  }

  @Test
  void aRowThatCannotBeReadIsNamedByItsLine() {
    says("line 4 has 2 fields, but the header has 1", "a.csv", "path\na.wav\n\nb,c.wav\n");
    says("line 3 cannot be read", "a.jsonl", "{\"path\":\"a\"}\n\n{\"path\":\n");
    says("line 2 cannot be read", "a.csv", "path\n\"a.wav\n");
    says("the column x twice", "a.csv", "path,x,x\n");
  }

  private static void says(String expected, String name, String text) {
    IOException e = assertThrows(IOException.class, () -> read(name, text));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}
