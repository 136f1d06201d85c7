package io.gemoclap.audio.pcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DecodeNoteTest {
  @ParameterizedTest
  @EnumSource(DecodeNote.class)
  void everyNoteIsDocumentedAndReadFromItsText(DecodeNote note) throws IOException {
    assertEquals(note.code(), DecodeNote.codeOf(note.code()));
    assertEquals(note.code(), DecodeNote.codeOf(note.with("%d: %s", 2, "a: b")));
    String docs = Files.readString(root().resolve("docs/output.md"));
    assertTrue(docs.contains("\n| `" + note.code() + "` |"), note.code());
  }

  @Test
  void numbersAreWrittenInEnglish() {
    assertEquals("gaps: 2.50 s", DecodeNote.GAPS.with("%.2f s", 2.5));
  }

  /** Tests run in the folder of the module or of the project. */
  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.isDirectory(here.resolve("docs")) ? here : here.getParent();
  }
}
