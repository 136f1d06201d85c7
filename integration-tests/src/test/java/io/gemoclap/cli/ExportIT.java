package io.gemoclap.cli;

import static io.gemoclap.cli.Run.gemoclap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ObjectArrays;
import io.gemoclap.Exhaustive;
import io.gemoclap.Written;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.folds.Fold;
import io.gemoclap.training.folds.FoldFile;
import io.gemoclap.training.folds.FoldScheme;
import io.gemoclap.training.folds.Folds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of real recordings, exported and read back by the readers of corpora. */
final class ExportIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Options of Beam come last, as the command puts them. */
  private static final String[] DIRECT = {"--", "--runner=DirectRunner"};

  /** The crew and Anna speak in two recordings each, which must be in one split. */
  private static final String ARCHIVE =
      """
      path,speaker,gender,language,text
      german-female-48k.opus,crew,,de,
      german-male-44k.m4a,carl,male,de,"Guten Tag, Welt"
      english-female-22k.wma,crew,,en,
      english-male-8k.amr,dora,,en,
      english-female-22k.ogg,anna,female,en,
      german-female-16k.wav,anna,female,de,
      """;

  @TempDir private static Path folder;
  private static Path results;

  @BeforeAll
  static void annotate() throws IOException {
    Path recordings = Files.createDirectory(folder.resolve("recordings"));
    Path samples = Path.of("examples", "samples").toAbsolutePath();
    for (String name : ARCHIVE.lines().skip(1).map(row -> row.split(",", -1)[0]).toList()) {
      Files.copy(samples.resolve(name), recordings.resolve(name));
    }
    Path manifest = Files.writeString(recordings.resolve("archive.csv"), ARCHIVE);
    results = folder.resolve("results");
    succeed("annotate", "--input=" + manifest, "--output=" + results);
    alternateLabels();
  }

  private static Run succeed(String... arguments) {
    Run run = gemoclap(ObjectArrays.concat(arguments, DIRECT, String.class));
    assertEquals(0, run.status(), run.err());
    return run;
  }

  private static Path export(String name, String... options) {
    Path output = folder.resolve(name);
    String[] required = {"export", results.toString(), "--output=" + output};
    succeed(ObjectArrays.concat(required, options, String.class));
    return output;
  }

  private static List<JsonNode> annotations() throws IOException {
    List<JsonNode> rows = Written.jsonLines(results, "annotations");
    rows.sort(Comparator.comparing(row -> row.get("segment_id").asText()));
    return rows;
  }

  /** People hear joy and sadness by turns, so that every split has two labels. */
  private static void alternateLabels() throws IOException {
    List<String> lines = new ArrayList<>();
    for (JsonNode row : annotations()) {
      boolean even = lines.size() % 2 == 0;
      lines.add(answer(row, "label", even ? "joy" : "sadness"));
    }
    Files.write(results.resolve("corrections.jsonl"), lines);
  }

  private static String answer(JsonNode row, String answer, String label) throws IOException {
    Map<String, String> fields = new TreeMap<>();
    fields.put("segment_id", row.get("segment_id").asText());
    fields.put("answer", answer);
    fields.put("label", label);
    fields.put("by", "kim");
    fields.put("at", "2026-01-01T00:00:00Z");
    if (label.isEmpty()) {
      fields.remove("label");
    }
    return JSON.writeValueAsString(fields);
  }

  private static JsonNode report(Path corpus) throws IOException {
    return JSON.readTree(Files.readAllBytes(corpus.resolve("export.json")));
  }

  /** What a corpus says of a segment, apart from its audio. */
  private record Told(String emotion, String speaker, String gender, String language, String text) {
    static Told of(Utterance utterance) {
      return new Told(
          utterance.emotion(),
          utterance.speaker(),
          utterance.gender().toString(),
          utterance.language(),
          utterance.text());
    }

    static Told of(JsonNode row) {
      JsonNode metadata = row.get("metadata");
      String gender = metadata.path("gender").asText();
      return new Told(
          row.get("emotion").asText(),
          metadata.path("speaker").asText(),
          gender.isEmpty() ? "UNKNOWN" : gender.toUpperCase(Locale.ROOT),
          metadata.path("language").asText(),
          metadata.path("text").asText());
    }
  }

  private static String place(String recording, double start, double end) {
    return "%s %s-%s".formatted(recording, Math.round(start * 1000), Math.round(end * 1000));
  }

  private static Map<String, Told> byPlace(Corpus corpus) {
    Map<String, Told> told = new TreeMap<>();
    for (Utterance utterance : corpus.utterances()) {
      var span = utterance.span().orElseThrow();
      String place = place(utterance.uri(), span.startSeconds(), span.endSeconds());
      assertEquals(null, told.put(place, Told.of(utterance)), "twice: " + place);
    }
    return told;
  }

  /** By the segment's name in the corpus, which is the name of its clip or its id. */
  private static Map<String, Told> byKey(Corpus corpus) {
    Map<String, Told> told = new TreeMap<>();
    for (Utterance utterance : corpus.utterances()) {
      String key = Written.name(utterance.id()).replaceFirst("\\.(flac|wav)$", "");
      assertEquals(null, told.put(key, Told.of(utterance)), "twice: " + key);
    }
    return told;
  }

  @Test
  void linkedCorporaNameTheSegmentsOfTheResults() throws IOException {
    Map<String, Told> expected = new TreeMap<>();
    for (JsonNode row : annotations()) {
      expected.put(
          place(
              row.get("recording").asText(),
              row.get("start_s").asDouble(),
              row.get("end_s").asDouble()),
          Told.of(row));
    }
    assertTrue(expected.size() >= 9, expected::toString);
    String[] all = {"--keep-uncertain", "--use-corrections=ignored"};
    Path csv = export("csv", ObjectArrays.concat("--to=csv", all));
    Path nemo = export("nemo", ObjectArrays.concat("--to=nemo", all));
    Path lhotse = export("lhotse", ObjectArrays.concat("--to=lhotse", all));
    Corpus ofCsv = Corpus.read("csv:" + csv.resolve("train.csv"));
    Corpus ofLhotse = Corpus.read("lhotse:" + lhotse);
    assertEquals(expected, byPlace(ofCsv));
    assertEquals(expected, byPlace(Corpus.read("nemo:" + nemo.resolve("train_manifest.json"))));
    assertEquals(byKey(ofCsv), byKey(ofLhotse), "the same ids");
    ofLhotse
        .utterances()
        .forEach(
            utterance ->
                utterance
                    .span()
                    .ifPresent(
                        span ->
                            assertTrue(
                                expected.containsKey(
                                    place(utterance.uri(), span.startSeconds(), span.endSeconds())),
                                utterance::toString)));
  }

  @Test
  void corporaWithClipsHoldTheSameSegments() throws IOException {
    Map<String, Told> expected = expectedByKey("of");
    Path nemo = export("nemo-clips", "--to=nemo", "--audio=embed", "--clip-format=wav");
    Corpus ofNemo = Corpus.read("nemo:" + nemo.resolve("train_manifest.json"));
    Corpus ofFolder = Corpus.read("audiofolder:" + export("audiofolder", "--to=audiofolder"));
    for (Corpus corpus : List.of(ofNemo, ofFolder)) {
      assertEquals(expected, byKey(corpus));
      assertKnowsItsRecordings(corpus);
    }
    assertLengths(ofNemo);
  }

  @Test
  @Exhaustive
  void clipsOfTablesHoldTheSameSegments() throws IOException {
    Map<String, Told> expected = expectedByKey("of-tables");
    Path csv = export("csv-clips", "--to=csv", "--audio=embed");
    Path lhotse = export("lhotse-clips", "--to=lhotse", "--audio=embed");
    for (String corpus : List.of("csv:" + csv.resolve("train.csv"), "lhotse:" + lhotse)) {
      assertEquals(expected, byKey(Corpus.read(corpus)));
      assertKnowsItsRecordings(Corpus.read(corpus));
    }
  }

  private static Map<String, Told> expectedByKey(String name) throws IOException {
    Path csv = export(name, "--to=csv");
    Map<String, Told> expected = byKey(Corpus.read("csv:" + csv.resolve("train.csv")));
    assertEquals(annotations().size(), expected.size());
    return expected;
  }

  /** Folds keep clips of one recording together only if they know it. */
  private static void assertKnowsItsRecordings(Corpus corpus) throws IOException {
    assertTrue(corpus.utterances().stream().allMatch(utterance -> utterance.span().isEmpty()));
    assertEquals(
        Written.names(annotations(), "recording"),
        corpus.utterances().stream()
            .map(utterance -> Written.name(utterance.recording()))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** The key of a segment ends in its times in milliseconds and in digits. */
  private static void assertLengths(Corpus corpus) throws IOException {
    for (Utterance utterance : corpus.utterances()) {
      String times = utterance.uri().replaceFirst("^.*_(\\d+-\\d+)_\\w+\\.wav$", "$1");
      int dash = times.indexOf('-');
      long expected =
          Long.parseLong(times.substring(dash + 1)) - Long.parseLong(times.substring(0, dash));
      AudioFileFormat format;
      try {
        format = AudioSystem.getAudioFileFormat(Path.of(utterance.uri()).toFile());
      } catch (UnsupportedAudioFileException e) {
        throw new AssertionError(utterance.uri(), e);
      }
      assertEquals(16_000, format.getFormat().getSampleRate());
      assertEquals((double) expected, format.getFrameLength() / 16.0, 110, utterance.uri());
    }
  }

  @Test
  void splitsAreFoldsWithoutLeaks() throws IOException {
    Path corpus = export("splits", "--to=csv", "--splits=train=0.6,test=0.4");
    List<String> rows = new ArrayList<>(Files.readAllLines(corpus.resolve("train.csv")));
    rows.addAll(Files.readAllLines(corpus.resolve("test.csv")).stream().skip(1).toList());
    Path table = Files.write(corpus.resolve("all.csv"), rows);
    Corpus all = Corpus.read("csv:" + table);
    Map<String, Utterance> utterances = new HashMap<>();
    all.utterances().forEach(utterance -> utterances.put(utterance.id(), utterance));
    List<Utterance> train = part("train", corpus, utterances);
    List<Utterance> test = part("test", corpus, utterances);
    assertEquals(annotations().size(), train.size() + test.size());

    assertEquals(1, split(all, corpus, train, test).folds().size());
    Utterance moved = test.remove(0);
    train.add(moved);
    IllegalArgumentException leak =
        assertThrows(IllegalArgumentException.class, () -> split(all, corpus, train, test));
    assertTrue(leak.getMessage().startsWith("The folds leak"), leak.getMessage());
  }

  private static List<Utterance> part(String split, Path corpus, Map<String, Utterance> utterances)
      throws IOException {
    return new ArrayList<>(
        Corpus.read("csv:" + corpus.resolve(split + ".csv")).utterances().stream()
            .map(utterance -> utterances.get(utterance.id()))
            .toList());
  }

  private static Folds split(
      Corpus corpus, Path folder, List<Utterance> train, List<Utterance> test) throws IOException {
    Path file = folder.resolve("folds.csv");
    FoldFile.write(file, List.of(new Fold("given", train, List.of(), test)));
    return FoldScheme.parse("file:" + file).split(corpus, 0, 0);
  }

  @Test
  void peoplesLabelsCanBeTheOnlyOnes() throws IOException {
    List<JsonNode> rows = annotations();
    Path answers =
        Files.write(
            folder.resolve("some.jsonl"),
            List.of(
                answer(rows.get(0), "label", "joy"),
                answer(rows.get(1), "label", "hold music"),
                answer(rows.get(2), "not_speech", ""),
                answer(rows.get(3), "unsure", "")));
    Path corpus = export("only", "--to=csv", "--use-corrections=only", "--corrections=" + answers);
    Corpus read = Corpus.read("csv:" + corpus.resolve("train.csv"));
    assertEquals(List.of("happiness", "hold music"), read.labels());
    JsonNode report = report(corpus);
    assertEquals(2, report.at("/label_sources/people/segments").asInt());
    assertEquals(1, report.at("/dropped/not_speech/segments").asInt());
    assertEquals(rows.size() - 3, report.at("/dropped/not_corrected/segments").asInt());
    assertEquals(rows.size(), report.at("/given/segments").asInt());

    Path none = Files.createFile(folder.resolve("none.jsonl"));
    gemoclap(
            "export",
            results.toString(),
            "--to=csv",
            "--output=" + folder.resolve("empty"),
            "--use-corrections=only",
            "--corrections=" + none,
            DIRECT[0],
            DIRECT[1])
        .failsWith(3, "the corpus has no segment");
  }

  @Test
  void anExportIsResumedWithItsOwnOptionsOnly() throws IOException {
    Path corpus = export("resumed", "--to=csv", "--name=calls");
    Map<String, FileTime> written = times(corpus);
    String table = Files.readString(corpus.resolve("train.csv"));
    String[] again = {"export", results.toString(), "--output=" + corpus, "--to=csv"};
    Run finished =
        succeed(
            ObjectArrays.concat(again, new String[] {"--name=calls", "--resume"}, String.class));
    assertTrue(finished.out().contains("nothing is left to do"), finished.out());
    assertEquals(written, times(corpus));

    gemoclap(
            ObjectArrays.concat(
                again, new String[] {"--name=calls", "--resume", "--min-seconds=2"}, String.class))
        .failsWith(2, "--min-seconds=0.0, not 2.0");
    gemoclap(ObjectArrays.concat(again, "--name=calls")).failsWith(2, "is not empty");
    assertEquals(written, times(corpus));

    Files.delete(corpus.resolve("export.json"));
    Files.delete(corpus.resolve("train.csv"));
    succeed(ObjectArrays.concat(again, new String[] {"--name=calls", "--resume"}, String.class));
    assertEquals(table, Files.readString(corpus.resolve("train.csv")));
    assertFalse(Files.exists(corpus.resolve(".export")));
  }

  @Test
  void whatCannotWorkIsRefusedBeforeAFolderIsMade() {
    Path corpus = folder.resolve("refused");
    Map<String, String> refusals =
        Map.of(
            "--min-bandwidth=9000",
            "Raise --sample-rate",
            "--splits=train=0.8,test=0.3",
            "add up to 1.1, not to 1",
            "--audio=none",
            "The format csv cannot have the audio 'none', only [link, embed]",
            "--min-confidence=70",
            "The least confidence is 70.0",
            "--corrections=" + folder.resolve("nowhere.jsonl"),
            "no file of corrections");
    refusals.forEach(
        (option, sentence) ->
            gemoclap("export", results.toString(), "--to=csv", "--output=" + corpus, option)
                .failsWith(2, sentence));
    gemoclap("export", folder.resolve("nowhere").toString(), "--to=csv")
        .failsWith(2, "Give the output folder of 'gemoclap annotate'");
    assertFalse(Files.exists(corpus));
  }

  private static Map<String, FileTime> times(Path corpus) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(corpus)) {
      for (Path file : files.toList()) {
        times.put(file.toString(), Files.getLastModifiedTime(file));
      }
    }
    return times;
  }
}
