package io.gemoclap.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.cli.Gemoclap;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

final class SentencesTest {

  static Stream<IOException> exceptionsThatAreOnlyAPath() {
    return Stream.of(
        new NoSuchFileException("/proc/nohome"),
        new AccessDeniedException("/proc/nohome"),
        new FileAlreadyExistsException("/proc/nohome"),
        new NotDirectoryException("/proc/nohome"),
        new DirectoryNotEmptyException("/proc/nohome"),
        new FileSystemLoopException("/proc/nohome"),
        new FileSystemException("/proc/nohome"),
        new FileSystemException("/proc/nohome", null, "Read-only file system"),
        new FileSystemException("/proc/nohome", "/other", "No space left on device"));
  }

  @ParameterizedTest
  @MethodSource("exceptionsThatAreOnlyAPath")
  void aPathBecomesASentence(IOException e) {
    for (Throwable thrown : new Throwable[] {e, new UncheckedIOException(e)}) {
      String sentence = Sentences.of(thrown);
      assertTrue(sentence.startsWith("'/proc/nohome'"), sentence);
      assertTrue(sentence.split(" ").length >= 3, sentence);
    }
  }

  @Test
  void aMissingTemporaryFolderIsNamedWithItsSettingBeforeAnyWork() {
    String before = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", "/proc/notmp");
    try {
      StringWriter err = new StringWriter();
      CommandLine command = Gemoclap.commandLine();
      command.setErr(new PrintWriter(err, true)).setOut(new PrintWriter(new StringWriter()));
      assertEquals(1, command.execute("annotate", "--input=a.wav", "--output=out"));
      assertTrue(
          err.toString().startsWith("Failed: The temporary folder '/proc/notmp' (java.io.tmpdir)"),
          err.toString());
      assertTrue(err.toString().contains("GEMOCLAP_JAVA_OPTIONS=-Djava.io.tmpdir="), err + "");
      assertEquals(0, command.execute("annotate", "--help"), "help needs no folder");
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }

  @Test
  void aSentenceIsKept() {
    assertEquals(
        "--part must be at least 1", Sentences.of(new IOException("--part must be at least 1")));
    assertEquals(
        "Flink's configuration cannot be written: '/tmp/x' is not a folder",
        Sentences.of(
            new UncheckedIOException(
                "Flink's configuration cannot be written", new NotDirectoryException("/tmp/x"))));
  }

  @Test
  void aFullDiskNamesTheTemporaryFolder() {
    String sentence = Sentences.of(new IOException("No space left on device"));
    assertTrue(sentence.contains("free some space"), sentence);
    assertTrue(sentence.contains(System.getProperty("java.io.tmpdir")), sentence);
  }

  @Test
  void withoutAMessageTheClassIsNamed() {
    assertEquals("java.lang.NullPointerException", Sentences.of(new NullPointerException()));
  }
}
