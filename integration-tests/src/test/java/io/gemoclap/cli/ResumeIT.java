package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.Exhaustive;
import io.gemoclap.Written;
import io.gemoclap.flink.GemoclapProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An archive whose job is killed, resumed, and whose folder then grows. */
@Exhaustive
final class ResumeIT {
  private static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();
  private static final long PATIENCE_SECONDS = 300;

  @TempDir private Path folder;
  private Path archive;
  private String said = "";

  @BeforeEach
  void makeAnArchive() throws IOException {
    archive = Files.createDirectory(folder.resolve("archive"));
    for (int copy = 0; copy < 2; copy++) {
      add("calm" + copy + ".wav", "german-female-16k.wav");
      add("angry" + copy + ".ogg", "english-female-22k.ogg");
      add("sad" + copy + ".m4a", "german-male-44k.m4a");
    }
    Files.writeString(archive.resolve("letter.wav"), "Dear Sir or Madam,\n".repeat(99));
  }

  private void add(String name, String sample) throws IOException {
    Files.copy(SAMPLES.resolve(sample), archive.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private int annotate(Path output, String... options) {
    return annotate(archive, output, options);
  }

  private int annotate(Path input, Path output, String... options) {
    StringWriter err = new StringWriter();
    CommandLine command = Gemoclap.commandLine();
    command.setErr(new PrintWriter(err, true));
    int status = command.execute(arguments(input, output, options).toArray(String[]::new));
    said = err.toString();
    return status;
  }

  private static List<String> arguments(Path input, Path output, String... options) {
    return Stream.concat(
            Stream.of("annotate", "--input=" + input, "--output=" + output), Stream.of(options))
        .toList();
  }

  /** Runs in its own JVM, which gets SIGKILL as soon as the first part is finished. */
  private void annotateUntilKilled(Path output, String... options)
      throws IOException, InterruptedException {
    Path tmp = Files.createDirectory(folder.resolve("tmp"));
    Path part = output.resolve("summary-00000.json");
    try (GemoclapProcess process =
        GemoclapProcess.start(tmp, List.of("-Xmx512m"), arguments(archive, output, options))) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (process.handle().isAlive() && System.nanoTime() < end && !Files.exists(part)) {
        Thread.sleep(20);
      }
      process.handle().destroyForcibly();
      assertTrue(Files.exists(part), process.printed());
    }
    assertFalse(Files.exists(output.resolve("summary.json")), "it was not killed in the middle");
  }

  private static Map<String, JsonNode> rows(Path output, String kind, String id)
      throws IOException {
    Map<String, JsonNode> rows = new TreeMap<>();
    for (JsonNode row : Written.jsonLines(output, kind)) {
      assertNull(rows.put(row.get(id).asText(), row), "twice: " + row.get(id));
    }
    return rows;
  }

  private static void assertSame(Map<String, JsonNode> expected, Map<String, JsonNode> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (id, row) -> {
          JsonNode other = actual.get(id);
          assertEquals(row.path("emotion"), other.path("emotion"), id);
          assertEquals(
              row.path("confidence").asDouble(), other.path("confidence").asDouble(), 1e-4, id);
          assertEquals(
              row.path("speech_s").asDouble(), other.path("speech_s").asDouble(), 1e-6, id);
        });
  }

  @Test
  void aKilledJobIsResumedToTheSameRowsAndANewRecordingRunsAlone()
      throws IOException, InterruptedException {
    Path whole = folder.resolve("whole");
    assertEquals(0, annotate(whole), said);
    Path output = folder.resolve("out");
    annotateUntilKilled(output, "--part=3");
    // What a job that was killed between two renames leaves.
    Files.writeString(output.resolve("annotations-00001-00001-of-00002.jsonl"), "{\"half\":1}\n");
    TreeSet<String> done = new TreeSet<>(rows(output, "recordings-00000", "recording").keySet());

    assertEquals(0, annotate(output, "--resume", "--part=3"), said);

    assertSame(rows(whole, "annotations", "segment_id"), rows(output, "annotations", "segment_id"));
    assertSame(rows(whole, "recordings", "recording"), rows(output, "recordings", "recording"));
    assertSame(rows(whole, "failures", "item"), rows(output, "failures", "item"));
    assertEquals(done, rows(output, "recordings-00000", "recording").keySet(), "part 0 was kept");
    JsonNode expected = Written.summary(whole);
    JsonNode summary = Written.summary(output);
    for (String figure : List.of("recordings", "segments", "failures", "emotions", "model_id")) {
      assertEquals(expected.get(figure), summary.get(figure), figure);
    }

    add("new.flac", "english-male-16k.flac");
    int parts = summary.get("parts").asInt();
    assertEquals(0, annotate(output, "--resume"), said);
    assertEquals(
        List.of(archive.resolve("new.flac").toString()),
        List.copyOf(rows(output, "recordings-%05d".formatted(parts), "recording").keySet()));
    assertEquals(7, Written.summary(output).get("recordings").asInt());
    assertEquals(7, rows(output, "recordings", "recording").size());

    resumingRefusesOtherSettingsAndTriesFailuresAgain(output);
  }

  private void resumingRefusesOtherSettingsAndTriesFailuresAgain(Path output) throws IOException {
    assertEquals(2, annotate(output, "--resume", "--labels=happy,sad"));
    assertTrue(said.contains("was started with --labels=the model's, not happy,sad"), said);
    assertEquals(2, annotate(output, "--resume", "--segment=whole"));
    assertTrue(said.contains("was started with --segment=vad, not whole"), said);
    assertEquals(2, annotate(output, "--resume", "--overwrite"));

    Path other = archive.resolve("calm0.wav");
    assertEquals(0, annotate(other, output, "--resume", "--retry-failures"), said);
    assertEquals(1, rows(output, "failures", "item").size(), "that of a recording not named here");

    add("letter.wav", "german-male-48k-stereo.wav");
    assertEquals(0, annotate(output, "--resume", "--retry-failures"), said);
    assertEquals(8, Written.summary(output).get("recordings").asInt());
    assertEquals("{}", Written.summary(output).get("failures").toString());
    assertEquals(8, rows(output, "recordings", "recording").size());
  }
}
