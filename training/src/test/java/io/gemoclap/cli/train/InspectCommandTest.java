package io.gemoclap.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.cli.Gemoclap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code gemoclap corpus inspect} prints, with WAVE files that need no native library. */
final class InspectCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void writesAManifest() throws IOException {
    wav("a.wav", 1.5);
    wav("b.wav", 4);
    manifest("b.wav,happy,s2,male,1,3");
  }

  private void wav(String name, double seconds) throws IOException {
    int samples = (int) (seconds * 16_000);
    AudioFormat format = new AudioFormat(16_000, 16, 1, true, false);
    try (AudioInputStream in =
        new AudioInputStream(new ByteArrayInputStream(new byte[2 * samples]), format, samples)) {
      AudioSystem.write(in, AudioFileFormat.Type.WAVE, folder.resolve(name).toFile());
    }
  }

  private void manifest(String... rows) throws IOException {
    Files.writeString(
        folder.resolve("calls.csv"),
        "path,emotion,speaker,gender,start_s,end_s\na.wav,angry,s1,female,,\n"
            + String.join("\n", rows)
            + "\n");
  }

  private record Run(int status, String out) {
    void says(String text) {
      assertTrue(out.contains(text), text + " is not in\n" + out);
    }
  }

  private static Run run(String... args) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      int status = Gemoclap.execute(args);
      return new Run(status, bytes.toString(StandardCharsets.UTF_8).replaceAll(" +", " "));
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void countsHoursAndLengthsArePrinted() {
    Run run = run("corpus", "inspect", "csv:" + folder.resolve("calls.csv"), "--strict");
    run.says("Corpus calls, label map common");
    run.says("label (2) utterances hours\nanger 1 0.00\nhappiness 1 0.00\n");
    run.says("gender (2)");
    run.says("speaker (2) utterances hours\ns1 1 ");
    run.says("seconds utterances\n1.0 to 2.0 1 ####");
    run.says("2.0 to 3.0 1 ####");
    run.says("Done: 2 utterances, 0.00 h, 0 problems");
    assertEquals(0, run.status());
  }

  @Test
  void problemsArePrintedWithFileAndLineAndCountWhenStrict() throws IOException {
    manifest("none.wav,sad,s2,,,", "b.wav,mellow,s2,,,", "b.wav,sad,s2,male,2,5", "c.wav,sad,,,,");
    Files.createFile(folder.resolve("c.wav"));
    String spec = "csv:" + folder.resolve("calls.csv");
    Run run = run("corpus", "inspect", spec);
    run.says("calls.csv:3: the audio file '" + folder.resolve("none.wav") + "' does not exist");
    run.says("calls.csv:4: unknown label 'mellow' of b.wav (label map common)");
    run.says("b.wav: b.wav#2-5 ends at 5.0 s, the audio at 4.00 s");
    run.says("problem: " + folder.resolve("c.wav") + ": ");
    run.says("(unknown) 1");
    run.says(" 4 problems");
    assertEquals(0, run.status());
    assertEquals(1, run("corpus", "inspect", spec, "--strict").status());
  }

  @Test
  void bothLevelsHaveHelpThatListsTheKinds() {
    for (String[] args : new String[][] {{"corpus", "--help"}, {"corpus", "inspect", "--help"}}) {
      Run run = run(args);
      assertEquals(0, run.status());
      run.says("msp-podcast");
    }
    run("corpus", "--help").says("inspect");
    run("corpus", "inspect", "--help").says("--strict");
  }

  @Test
  void whatIsNotACorpusIsWrongUsage() {
    assertEquals(2, run("corpus").status());
    assertEquals(2, run("corpus", "inspect").status());
    assertEquals(2, run("corpus", "inspect", "calls.csv").status());
    assertEquals(2, run("corpus", "inspect", "csv:" + folder.resolve("none.csv")).status());
  }
}
