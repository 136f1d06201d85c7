package io.gemoclap.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PromptTemplatesTest {

  @Test
  void everyTemplateIsFilledWithTheLabel() {
    assertEquals(
        List.of("angry", "an angry $1 \\voice"),
        new PromptTemplates(List.of("{}", "an {} $1 \\voice")).expand("angry"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no slot", "{} and {}", "{", ""})
  void aTemplateWithoutExactlyOneSlotIsNamed(String template) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new PromptTemplates(List.of(template)))
            .getMessage();
    assertEquals("Prompt template '" + template + "' needs exactly one {} for the label", message);
  }

  @Test
  void noTemplateAtAllIsRejected() {
    assertThrows(IllegalArgumentException.class, () -> new PromptTemplates(List.of()));
  }

  @Test
  void aFileGivesOneTemplateALine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("templates.txt");
    Files.writeString(file, "# comment\n\n  {} voice \r\njemand klingt gefühlt {}\n");
    assertEquals(
        List.of("{} voice", "jemand klingt gefühlt {}"),
        PromptTemplates.read(file.toString()).templates());
  }

  @Test
  void aBadLineOfAFileIsReportedWithTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("templates.txt");
    Files.writeString(file, "{} voice\nno slot here\n");
    String message =
        assertThrows(UncheckedIOException.class, () -> PromptTemplates.read(file.toString()))
            .getMessage();
    assertTrue(message.contains(file.toString()) && message.contains("no slot here"), message);
  }

  @Test
  void aMissingFileIsAnUncheckedIoException(@TempDir Path folder) {
    String missing = folder.resolve("none.txt").toString();
    assertThrows(UncheckedIOException.class, () -> PromptTemplates.read(missing));
  }
}
