package io.gemoclap.cli;

import static io.gemoclap.cli.Run.gemoclap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ObjectArrays;
import io.gemoclap.Exhaustive;
import io.gemoclap.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code gemoclap annotate --segments}, with the turns and speakers of a conversation in every
 * format.
 */
final class GivenSegmentsIT {
  private static final Path CONVERSATION =
      Path.of("examples", "samples", "conversation.ogg").toAbsolutePath();

  /** A turn as {@code golden/conversation.csv} lists it. */
  private record Turn(double start, double end, String speaker) {
    String startText() {
      return String.format(Locale.ROOT, "%.2f", start);
    }

    String endText() {
      return String.format(Locale.ROOT, "%.2f", end);
    }
  }

  @TempDir private Path folder;
  private Path calls;
  private Path output;
  private List<Turn> turns;

  @BeforeEach
  void makesCalls() throws IOException {
    calls = Files.createDirectory(folder.toRealPath().resolve("calls"));
    Files.copy(CONVERSATION, calls.resolve("one.ogg"));
    output = folder.resolve("out");
    try (var golden = getClass().getResourceAsStream("/golden/conversation.csv")) {
      turns =
          new String(golden.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .skip(1)
              .map(line -> line.split(",", 4))
              .map(
                  fields ->
                      new Turn(
                          Double.parseDouble(fields[0]), Double.parseDouble(fields[1]), fields[2]))
              .toList();
    }
  }

  private Run annotate(String input, Path results, String... options) {
    String[] required = {"annotate", "--input=" + input, "--output=" + results};
    return gemoclap(ObjectArrays.concat(required, options, String.class));
  }

  private Run annotate(String... options) {
    return annotate(calls.toString(), output, options);
  }

  private String lines(Function<Turn, String> line) {
    return turns.stream().map(line).collect(Collectors.joining("\n", "", "\n"));
  }

  private String rttm(String recording) {
    return lines(
        turn ->
            String.format(
                Locale.ROOT,
                "SPEAKER %s 1 %.2f %.2f <NA> <NA> %s <NA> <NA>",
                recording,
                turn.start,
                turn.end - turn.start,
                turn.speaker));
  }

  /** One tier for each speaker, as Praat writes them, with silence between the turns. */
  private String textGrid() {
    Set<String> speakers = new TreeSet<>();
    turns.forEach(turn -> speakers.add(turn.speaker));
    StringBuilder text =
        new StringBuilder("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n63.3\n");
    text.append("<exists>\n").append(speakers.size()).append('\n');
    for (String speaker : speakers) {
      List<String> intervals = new ArrayList<>();
      String end = "0";
      for (Turn turn : turns) {
        if (turn.speaker.equals(speaker)) {
          intervals.add(end + "\n" + turn.startText() + "\n\"\"\n");
          intervals.add(turn.startText() + "\n" + turn.endText() + "\n\"some words\"\n");
          end = turn.endText();
        }
      }
      text.append("\"IntervalTier\"\n\"%s\"\n0\n63.3\n".formatted(speaker));
      text.append(intervals.size()).append('\n');
      intervals.forEach(text::append);
    }
    return text.toString();
  }

  private static String clock(double seconds) {
    return String.format(Locale.ROOT, "%02d:%06.3f", (int) (seconds / 60), seconds % 60);
  }

  private String write(String format) throws IOException {
    switch (format) {
      case "rttm" -> Files.writeString(calls.resolve("one.rttm"), rttm("one"));
      case "textgrid" ->
          Files.writeString(
              calls.resolve("one.TextGrid"), "\uFEFF" + textGrid(), StandardCharsets.UTF_16BE);
      case "audacity" ->
          Files.writeString(
              calls.resolve("one.txt"),
              lines(turn -> "%s\t%s\t%s".formatted(turn.start, turn.end, turn.speaker)));
      case "webvtt" ->
          Files.writeString(
              calls.resolve("one.vtt"),
              "WEBVTT\n\n"
                  + lines(
                      turn ->
                          "%s --> %s\n<v %s>Words.\n"
                              .formatted(clock(turn.start), clock(turn.end), turn.speaker)));
      case "csv" ->
          Files.writeString(
              calls.resolve("one.csv"),
              "start,end,speaker\n"
                  + lines(turn -> turn.start + "," + turn.end + "," + turn.speaker));
      default -> {
        Path file = folder.resolve("supervisions.jsonl");
        Files.writeString(
            file,
            lines(
                turn ->
                    ("{\"id\": \"s%s\", \"recording_id\": \"one\", \"start\": %s, \"duration\":"
                            + " %s, \"channel\": 0, \"speaker\": \"%s\"}")
                        .formatted(turn.start, turn.start, turn.end - turn.start, turn.speaker)));
        return format + ":" + file;
      }
    }
    return format;
  }

  /** Start to end and speaker of every row, in order. */
  private static List<String> segments(List<JsonNode> rows) {
    Map<Double, String> segments = new TreeMap<>();
    rows.forEach(
        row ->
            segments.put(
                row.get("start_s").asDouble(),
                String.format(
                    Locale.ROOT,
                    "%.2f-%.2f %s",
                    row.get("start_s").asDouble(),
                    row.get("end_s").asDouble(),
                    row.at("/metadata/speaker").asText())));
    return List.copyOf(segments.values());
  }

  private List<String> expected() {
    return turns.stream()
        .map(turn -> turn.startText() + "-" + turn.endText() + " " + turn.speaker)
        .toList();
  }

  private void check(String format) throws IOException {
    Run run = annotate("--segments=" + write(format), "--normalize=speaker");
    assertEquals(0, run.status(), run.err());
    assertEquals(expected(), segments(Written.jsonLines(output, "annotations")));
    assertEquals(List.of(), Written.jsonLines(output, "failures"));
    assertEquals(1, Written.summary(output).get("recordings").asInt());
    assertEquals(
        turns.size(), Written.summary(output).at("/normalize_levels/speaker").asInt(), run.err());
  }

  @Test
  void textGridsGiveExactlyTheirSegmentsAndSpeakers() throws IOException {
    check("textgrid");
  }

  @Exhaustive
  @ParameterizedTest
  @ValueSource(strings = {"rttm", "audacity", "webvtt", "lhotse", "csv"})
  void theOtherFormatsGiveExactlyTheirSegmentsAndSpeakers(String format) throws IOException {
    check(format);
  }

  private static Map<String, JsonNode> scores(Path results) throws IOException {
    Map<String, JsonNode> scores = new TreeMap<>();
    for (JsonNode row : Written.jsonLines(results, "annotations")) {
      scores.put(row.get("segment_id").asText(), row.get("scores"));
    }
    return scores;
  }

  private Path manifest(String name, boolean namesAreOfArchive) throws IOException {
    StringBuilder rows = new StringBuilder("path,start_s,end_s,speaker\n");
    for (String call : List.of("one", "two")) {
      for (Turn turn : turns) {
        rows.append(calls.resolve(call + ".ogg")).append(',').append(turn.start).append(',');
        rows.append(turn.end).append(',').append(namesAreOfArchive ? "" : call);
        rows.append(turn.speaker).append('\n');
      }
    }
    return Files.writeString(folder.resolve(name), rows);
  }

  /**
   * It matters whether Anna of one call is measured together with Anna of the other, since more
   * segments count more against those of the training corpus. A manifest that says so in its way
   * gives the same scores. Every kind of row has the speakers.
   */
  @Exhaustive
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void speakersAreNormalisedAsTheirNamesMeanAndAreInEveryOutput(boolean namesAreOfArchive)
      throws IOException {
    Files.copy(CONVERSATION, calls.resolve("two.ogg"));
    Path all = Files.writeString(folder.resolve("all.rttm"), rttm("one") + rttm("calls/two.ogg"));
    Run run =
        annotate(
            "--segments=rttm:" + all,
            "--speaker-names=" + (namesAreOfArchive ? "archive" : "recording"),
            "--normalize=speaker",
            "--embeddings",
            "--features",
            "--turns");
    assertEquals(0, run.status(), run.err());

    Path other = folder.resolve("by-manifest");
    Run byManifest =
        annotate(manifest("list.csv", namesAreOfArchive).toString(), other, "--normalize=speaker");
    assertEquals(0, byManifest.status(), byManifest.err());
    Map<String, JsonNode> same = scores(other);
    Map<String, JsonNode> scores = scores(output);
    assertEquals(2 * turns.size(), scores.size());
    assertEquals(same.keySet(), scores.keySet());
    scores.forEach(
        (segment, labels) ->
            labels
                .fields()
                .forEachRemaining(
                    label ->
                        assertEquals(
                            same.get(segment).get(label.getKey()).asDouble(),
                            label.getValue().asDouble(),
                            1e-4,
                            segment)));

    List<String> twice = new ArrayList<>(expected());
    assertEquals(twice, segments(Written.parquet(output, "embeddings")));
    assertEquals(twice, segments(Written.parquet(output, "features")));
    Set<String> speakers = new TreeSet<>();
    for (JsonNode turn : Written.jsonLines(output, "turns")) {
      speakers.add(turn.get("speaker").asText());
      assertEquals(turn.get("speaker"), turn.at("/metadata/speaker"));
    }
    assertEquals(Set.of("Anna", "Bernd", "Clara", "Dave", "Emma", "Frank"), speakers);
  }

  /** Good segments have rows, every other one a failure; and what is repaired runs again. */
  @Exhaustive
  @Test
  void badSegmentsAreFailuresAndRepairedOnesRunAgain() throws IOException {
    Files.copy(CONVERSATION, calls.resolve("two.ogg"));
    Files.copy(CONVERSATION, calls.resolve("three.ogg"));
    String line = "SPEAKER %s 1 %s %s <NA> <NA> Anna <NA> <NA>\n";
    Files.writeString(
        calls.resolve("one.rttm"),
        line.formatted("one", 1, 4)
            + line.formatted("one", 1, 4)
            + line.formatted("one", 3, 5)
            + line.formatted("one", 60, 9)
            + line.formatted("one", 7, "nan"));
    Files.writeString(calls.resolve("two.rttm"), "Dear Sir or Madam\n");
    Run run = annotate("--segments=rttm", "--part=1");
    assertEquals(0, run.status(), run.err());

    assertEquals(
        List.of("1.00-5.00 Anna", "3.00-8.00 Anna"),
        segments(Written.jsonLines(output, "annotations")));
    Map<String, String> failures = new TreeMap<>();
    for (JsonNode failure : Written.jsonLines(output, "failures")) {
      failures.put(
          failure.get("item").asText().replace(calls + "/", "")
              + " "
              + failure.get("kind").asText(),
          failure.get("message").asText());
    }
    assertEquals(
        Set.of(
            "one.ogg#1.0-5.0 UNFIT",
            "one.ogg#60.0-69.0 UNFIT",
            "one.ogg#one.rttm:5 UNFIT",
            "three.ogg UNREADABLE",
            "two.ogg UNREADABLE"),
        failures.keySet());
    assertTrue(failures.get("one.ogg#one.rttm:5 UNFIT").contains("'nan' is not a number"));
    assertTrue(failures.get("one.ogg#1.0-5.0 UNFIT").contains("given twice"));

    Files.writeString(calls.resolve("two.rttm"), line.formatted("two", 1, 4));
    Run repaired = annotate("--segments=rttm", "--resume", "--retry-failures");
    assertEquals(0, repaired.status(), repaired.err());
    assertEquals(3, Written.jsonLines(output, "annotations").size());

    Files.writeString(calls.resolve("two.rttm"), line.formatted("two", 1, 5));
    annotate("--segments=rttm", "--resume").failsWith(2, "1 recordings have changed");
  }

  @Test
  void segmentsOfOtherRecordingsAreRefused() throws IOException {
    Path all = Files.writeString(folder.resolve("all.rttm"), rttm("nowhere"));
    annotate("--segments=rttm:" + all)
        .failsWith(2, "has segments of 'nowhere', but none of these recordings is in --input");
    assertFalse(Files.exists(output));
    gemoclap(
            "annotate",
            "--input=kafka:calls",
            "--output=kafka:emotions",
            "--bootstrap-servers=localhost:1",
            "--segments=rttm")
        .failsWith(2, "are for batch input");
  }
}
