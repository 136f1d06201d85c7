package io.gemoclap.corrections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CorrectionLogTest {
  @TempDir private Path folder;

  @Test
  void aLineHoldsTheAnswerUnderTheNamesOfTheDocumentation() throws Exception {
    Path file = folder.resolve("new/corrections.jsonl");
    try (CorrectionLog log = CorrectionLog.open(file)) {
      log.append(Corrected.label("s1", "kim", " sad ", 0));
      log.append(Corrected.answer("s2", "kim", Answer.NOT_SPEECH, 1));
    }
    assertEquals(
        List.of(
            "{\"segment_id\":\"s1\",\"recording\":\"tapes/one.wav\",\"answer\":\"label\","
                + "\"label\":\"sad\",\"by\":\"kim\",\"at\":\"2026-11-28T10:00:00.123Z\","
                + "\"was\":\"happiness\",\"was_abstained\":true,\"model_id\":\"0123abcd\","
                + "\"label_set\":\"emodb-7\"}",
            "{\"segment_id\":\"s2\",\"recording\":\"tapes/one.wav\",\"answer\":\"not_speech\","
                + "\"by\":\"kim\",\"at\":\"2026-11-28T10:00:01.123Z\","
                + "\"was\":\"happiness\",\"was_abstained\":true,\"model_id\":\"0123abcd\","
                + "\"label_set\":\"emodb-7\"}"),
        Files.readAllLines(file));
    Corrections read = Corrections.read(List.of(file));
    assertEquals(List.of(Corrected.label("s1", "kim", "sad", 0)), read.answers("s1"));
    assertEquals(List.of(Corrected.answer("s2", "kim", Answer.NOT_SPEECH, 1)), read.answers("s2"));
  }

  @Test
  void whereverAWriteStopsTheAnswersBeforeAndAfterItRemain() throws Exception {
    byte[] first = CorrectionLines.line(Corrected.label("s1", "kim", "sad", 0));
    byte[] second = CorrectionLines.line(Corrected.label("s2", "kim", "überrascht}", 1));
    for (int written = 1; written < second.length - 1; written++) {
      Path file = folder.resolve(written + ".jsonl");
      Files.write(file, first);
      Files.write(file, Arrays.copyOf(second, written), StandardOpenOption.APPEND);
      Corrections torn = Corrections.read(List.of(file));
      assertEquals(List.of("s1"), List.copyOf(torn.segments()), "after " + written + " bytes");
      assertEquals(
          List.of(file + ", line 2 is incomplete: its writer was stopped. It is skipped"),
          torn.skipped());

      try (CorrectionLog log = CorrectionLog.open(file)) {
        log.append(Corrected.label("s3", "kim", "neutral", 2));
      }
      Corrections continued = Corrections.read(List.of(file));
      assertEquals(List.of("s1", "s3"), List.copyOf(continued.segments()));
      assertEquals(torn.skipped(), continued.skipped());
    }
  }

  @Test
  void anAnswerThatLacksOnlyTheEndOfItsLineCounts() throws Exception {
    Path file = folder.resolve("corrections.jsonl");
    byte[] line = CorrectionLines.line(Corrected.label("s1", "kim", "sad", 0));
    Files.write(file, Arrays.copyOf(line, line.length - 1));
    try (CorrectionLog log = CorrectionLog.open(file)) {
      log.append(Corrected.label("s2", "kim", "sad", 1));
    }
    Corrections read = Corrections.read(List.of(file));
    assertEquals(List.of("s1", "s2"), List.copyOf(read.segments()));
    assertEquals(List.of(), read.skipped());
  }

  @Test
  void whatAProcessAcknowledgedSurvivesItsKill() throws Exception {
    Path file = folder.resolve("corrections.jsonl");
    Writer writer = Writer.start(file);
    writer.await(50);
    writer.kill();
    int acknowledged = writer.said().size();
    Corrections read = Corrections.read(List.of(file));
    assertTrue(
        read.segments()
            .containsAll(IntStream.range(0, acknowledged).mapToObj(i -> "s" + i).toList()));
    try (CorrectionLog log = CorrectionLog.open(file)) {
      log.append(Corrected.label("after", "kim", "sad", 0));
    }
    assertTrue(Corrections.read(List.of(file)).segments().contains("after"));
  }

  @Test
  void aSecondProcessLearnsWhoHasTheFileAndWhatToDo() throws Exception {
    Path file = folder.resolve("corrections.jsonl");
    Writer writer = Writer.start(file);
    try {
      writer.await(1);
      IOException e = assertThrows(IOException.class, () -> CorrectionLog.open(file));
      assertEquals(
          "'"
              + file
              + "' is open in process "
              + writer.process().pid()
              + ". Stop that process, or name another file with --corrections: files of several"
              + " people can be merged",
          e.getMessage());
    } finally {
      writer.kill();
    }
    CorrectionLog.open(file).close();
  }

  @Test
  void theSameProcessCannotOpenAFileTwiceAndKeepsItsLockWhenItTries() throws Exception {
    Path file = folder.resolve("corrections.jsonl");
    try (CorrectionLog log = CorrectionLog.open(file)) {
      IOException e = assertThrows(IOException.class, () -> CorrectionLog.open(file));
      assertTrue(e.getMessage().startsWith("'" + file + "' is open in this process."));
      Writer other = Writer.start(file);
      other.process().waitFor();
      String said = String.join("\n", other.said());
      assertTrue(said.contains("is open in process " + ProcessHandle.current().pid()), said);
      log.append(Corrected.label("s1", "kim", "sad", 0));
    }
    CorrectionLog.open(file).close();
  }

  @Test
  void threadsAppendWholeLines() throws Exception {
    Path file = folder.resolve("corrections.jsonl");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (CorrectionLog log = CorrectionLog.open(file)) {
      List<Future<?>> appended = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String segment = "s" + i;
        appended.add(
            threads.submit(
                () -> {
                  log.append(Corrected.label(segment, "kim", "sad", 0));
                  return null;
                }));
      }
      for (Future<?> future : appended) {
        future.get();
      }
    } finally {
      threads.shutdown();
    }
    assertEquals(40, Corrections.read(List.of(file)).segments().size());
  }

  /** A JVM that appends answers to a file, and what it says. */
  private record Writer(Process process, Path output) {
    static Writer start(Path file) throws IOException {
      Path output = file.resolveSibling("writer.txt");
      return new Writer(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  EndlessWriter.class.getName(),
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start(),
          output);
    }

    /** The lines that are complete. */
    List<String> said() throws IOException {
      String text = Files.readString(output);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    void await(int lines) throws Exception {
      while (said().size() < lines) {
        assertTrue(process.isAlive(), Files.readString(output));
        Thread.sleep(10);
      }
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }

  /** Appends answers until it is killed, and says which of them are on disk. */
  static final class EndlessWriter {
    private EndlessWriter() {}

    /** Takes the file. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException {
      try (CorrectionLog log = CorrectionLog.open(Path.of(args[0]))) {
        for (int i = 0; true; i++) {
          log.append(Corrected.label("s" + i, "kim", "sad", i));
          System.out.println("s" + i);
        }
      }
    }
  }
}
