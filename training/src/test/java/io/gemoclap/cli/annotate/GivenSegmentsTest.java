package io.gemoclap.cli.annotate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class GivenSegmentsTest {
  private static final String LINE = "SPEAKER %s 1 %s %s <NA> <NA> %s <NA> <NA>\n";

  @TempDir private Path folder;
  private Path archive;

  @BeforeEach
  void makesAnArchive() throws IOException {
    folder = folder.toRealPath();
    archive = Files.createDirectory(folder.resolve("archive"));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void record(String... names) throws IOException {
    for (String name : names) {
      write("archive/" + name, "nobody decodes it here");
    }
  }

  private static String line(String recording, double start, double duration, String speaker) {
    return LINE.formatted(recording, start, duration, speaker);
  }

  private GivenSegments.Result read(boolean otherwise, String... options) throws IOException {
    SegmentsOptions parsed = new SegmentsOptions();
    new CommandLine(parsed)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(
            Stream.of(options)
                .map(option -> option.replace("<folder>", folder.toString()))
                .toArray(String[]::new));
    parsed.check();
    return GivenSegments.of(parsed, Inputs.of(archive.toString(), folder + "/out"), otherwise);
  }

  /** Recordings by their path in the archive; as spans, or why they fail. */
  private Map<String, Object> outcome(GivenSegments.Result result) {
    Map<String, Object> outcome = new TreeMap<>();
    for (Recording recording : result.inputs().recordings()) {
      String problem = RecordingCoder.of().getToRowFunction().apply(recording).getString("problem");
      outcome.put(
          recording.id().replace(archive + "/", ""), problem == null ? recording.spans() : problem);
    }
    return outcome;
  }

  private String failing(GivenSegments.Result result, String name) {
    return (String) outcome(result).get(name);
  }

  private static void refuses(String sentence, Action action) {
    String message = assertThrows(Exception.class, action::run).getMessage();
    assertTrue(message.contains(sentence), message);
  }

  private interface Action {
    void run() throws IOException;
  }

  private static Span span(double start, double end, String speaker) {
    return new Span(start, end, speaker, 0);
  }

  @Test
  void filesBesideTheRecordingsAreTheirSegmentsAndNoRecordings() throws IOException {
    record("a.wav", "day 1/b.c.mp3", "day 1/d");
    write("archive/a.rttm", line("whatever", 0, 1, "Ada"));
    write("archive/day 1/b.c.rttm", line("b.c", 1, 1, "Bo"));
    write("archive/day 1/d.rttm", line("d", 2, 1, "Cy"));
    GivenSegments.Result result = read(false, "--segments=rttm");
    assertEquals(
        Map.of(
            "a.wav", List.of(span(0, 1, "Ada")),
            "day 1/b.c.mp3", List.of(span(1, 2, "Bo")),
            "day 1/d", List.of(span(2, 3, "Cy"))),
        outcome(result));
    assertEquals(List.of(), result.messages());
  }

  /** As diarisation numbers speakers, the same name is another person in another recording. */
  @Test
  void speakersAreThoseOfTheirRecordingUnlessTheyAreThoseOfTheArchive() throws IOException {
    record("a.wav");
    write("archive/a.rttm", line("a", 0, 1, "SPEAKER_00"));
    assertEquals(
        Map.of("speaker_scope", "recording"),
        read(false, "--segments=rttm").inputs().recordings().get(0).metadata());
    assertEquals(
        Map.of(),
        read(false, "--segments=rttm", "--speaker-names=archive")
            .inputs()
            .recordings()
            .get(0)
            .metadata());
  }

  @Test
  void aRecordingWithoutAFileFailsUnlessItIsCutOtherwise() throws IOException {
    record("a.wav", "b.wav");
    write("archive/a.rttm", line("a", 0, 1, "Ada"));
    GivenSegments.Result failed = read(false, "--segments=rttm");
    assertTrue(failing(failed, "b.wav").contains("let --segment=vad cut"));
    assertTrue(
        failed.messages().get(0).startsWith("1 of 2 recordings have no segments that can be used"),
        failed.messages().toString());
    assertEquals(List.of(), outcome(read(true, "--segments=rttm")).get("b.wav"));
  }

  @Test
  void aBrokenFileCostsItsRecordingEvenIfOthersAreCutOtherwise() throws IOException {
    record("a.wav", "b.wav");
    write("archive/a.rttm", line("a", 0, 1, "Ada"));
    write("archive/b.rttm", "Dear Sir or Madam\n");
    assertEquals(
        "Its segments cannot be read: '%s/b.rttm' is no RTTM file: line 1 begins with 'Dear', which is no type of RTTM"
            .formatted(archive),
        failing(read(true, "--segments=rttm"), "b.wav"));
  }

  @Test
  void anEntryThatIsNoSegmentIsAFailureOfItsOwn() throws IOException {
    record("a.wav");
    write("archive/a.rttm", line("a", 3, 0, "Ada") + line("a", 4, 1, "Ada"));
    GivenSegments.Result result = read(false, "--segments=rttm");
    assertEquals(Map.of("a.wav", List.of(span(4, 5, "Ada"))), outcome(result));
    Failure failure = result.failuresOf(result.inputs().recordings()).get(0);
    assertEquals("UNFIT", failure.getKindName());
    assertEquals(archive + "/a.wav", failure.getRecording());
    assertEquals(archive + "/a.wav#a.rttm:1", failure.getItem());
    assertEquals(
        "'%s/a.rttm', line 1 is no segment: its duration is 0.0 s, but must be above 0."
            .formatted(archive),
        failure.getMessage());
  }

  @Test
  void aRecordingOfWhichNoSegmentCanBeUsedFails() throws IOException {
    record("a.wav");
    write("archive/a.rttm", line("a", 3, 0, "Ada") + line("a", -1, 3, "Ada"));
    GivenSegments.Result result = read(true, "--segments=rttm");
    assertTrue(failing(result, "a.wav").startsWith("None of its 2 segments can be used."));
    assertEquals(2, result.failuresOf(result.inputs().recordings()).size());
  }

  @Test
  void ofAFileBesideARecordingOtherRecordingsAreLeftOut() throws IOException {
    record("a.wav");
    write("archive/a.rttm", line("a", 0, 1, "Ada") + line("other", 1, 1, "Bo"));
    GivenSegments.Result result = read(false, "--segments=rttm");
    assertEquals(Map.of("a.wav", List.of(span(0, 1, "Ada"))), outcome(result));
    assertTrue(result.messages().get(0).contains("'other'"), result.messages().toString());
  }

  @Test
  void aFileWithoutItsRecordingIsCounted() throws IOException {
    record("a.wav");
    write("archive/a.rttm", line("a", 0, 1, "Ada"));
    write("archive/gone.rttm", line("gone", 0, 1, "Ada"));
    GivenSegments.Result result = read(false, "--segments=rttm");
    assertEquals(1, result.inputs().recordings().size());
    assertTrue(
        result.messages().get(0).startsWith("Segments of 1 recordings that are not in --input"),
        result.messages().toString());
  }

  /** By path, end of the path, name, or name without its ending. */
  @ParameterizedTest
  @CsvSource({"<archive>/x/a.wav", "x/a.wav", "x/a", "a.wav", "a"})
  void aFileOfManyRecordingsNamesThem(String name) throws IOException {
    record("x/a.wav", "b.wav");
    String called = name.replace("<archive>", archive.toString());
    write("all.rttm", line(called, 0, 1, "Ada") + line("b", 1, 1, "Bo") + line(called, 2, 1, "Bo"));
    assertEquals(
        Map.of(
            "x/a.wav", List.of(span(0, 1, "Ada"), span(2, 3, "Bo")),
            "b.wav", List.of(span(1, 2, "Bo"))),
        outcome(read(false, "--segments=rttm:<folder>/all.rttm")));
  }

  @Test
  void aNameThatFitsSeveralRecordingsCostsThemAll() throws IOException {
    record("x/a.wav", "y/a.wav", "b.wav");
    write("all.rttm", line("a", 0, 1, "Ada") + line("b", 1, 1, "Bo") + line("x/a", 2, 1, "Cy"));
    GivenSegments.Result result = read(false, "--segments=rttm:<folder>/all.rttm");
    assertTrue(failing(result, "x/a.wav").contains("fit 2 recordings"));
    assertTrue(failing(result, "y/a.wav").contains("name the recording by its path"));
    assertEquals(List.of(span(1, 2, "Bo")), outcome(result).get("b.wav"));
  }

  @Test
  void filesInAnotherFolderAreMatchedByTheirFoldersToo() throws IOException {
    record("x/a.wav", "y/a.wav");
    write("labels/x/a.txt", "0\t1\tAda\n");
    write("labels/y/a.txt", "1\t2\tBo\n");
    write("labels/README.md", "Not segments.");
    Span ada = new Span(0, 1, "Ada", Span.EVERY_CHANNEL);
    Span bo = new Span(1, 2, "Bo", Span.EVERY_CHANNEL);
    assertEquals(
        Map.of("x/a.wav", List.of(ada), "y/a.wav", List.of(bo)),
        outcome(read(false, "--segments=audacity:<folder>/labels")));
    assertEquals(
        List.of(bo),
        outcome(read(false, "--segments=audacity:<folder>/labels/y*/*.txt")).get("y/a.wav"));
  }

  @Test
  void aBrokenFileAmongOthersCostsItsRecording() throws IOException {
    record("a.wav", "b.wav");
    write("labels/a.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n");
    write("labels/b.vtt", "1\n00:00:00,000 --> 00:00:01,000\n");
    write("labels/c.vtt", "no cue");
    GivenSegments.Result result = read(false, "--segments=webvtt:<folder>/labels");
    assertTrue(failing(result, "b.wav").contains("b.vtt' is no WebVTT file"));
    assertTrue(result.messages().get(0).contains("c.vtt"), result.messages().toString());
  }

  @Test
  void segmentsInTheFolderOfRecordingsAreNoRecordings() throws IOException {
    record("a.wav");
    write("archive/all.csv", "recording,start,end\na,0,1\ngone,0,1\n");
    GivenSegments.Result result = read(false, "--segments=csv:<folder>/archive/all.csv");
    assertEquals(Map.of("a.wav", List.of(new Span(0, 1))), outcome(result));
    assertTrue(result.messages().get(0).contains("'gone'"), result.messages().toString());
  }

  @Test
  void segmentsThatOverlapThoseOfAnotherSpeakerAreCounted() throws IOException {
    record("a.wav");
    write(
        "archive/a.rttm",
        line("a", 0, 10, "Ada")
            + line("a", 2, 1, "Ada")
            + line("a", 9, 2, "Bo")
            + line("a", 11, 1, "Cy"));
    assertEquals(
        List.of("2 of 4 segments overlap one of another speaker, and hold both voices"),
        read(false, "--segments=rttm").messages());
  }

  @Test
  void inputThatIsWrongAsAWholeIsRefused() throws IOException {
    record("a.wav");
    refuses("no recording has a file of segments beside it", () -> read(true, "--segments=rttm"));
    write("all.rttm", line("b", 0, 1, "Ada") + line("c", 0, 1, "Ada"));
    refuses(
        "has segments of 'b', 'c', but none of these recordings is in --input, which has '"
            + archive
            + "/a.wav'",
        () -> read(true, "--segments=rttm:<folder>/all.rttm"));
    write("none.rttm", ";; nobody spoke\n");
    refuses("holds no segments", () -> read(true, "--segments=rttm:<folder>/none.rttm"));
    write("letter.rttm", "Dear Sir or Madam\n");
    refuses("is no RTTM file", () -> read(true, "--segments=rttm:<folder>/letter.rttm"));
    refuses("matches no file", () -> read(true, "--segments=rttm:<folder>/gone.rttm"));
    refuses("matches no file that ends in .vtt", () -> read(true, "--segments=webvtt:<folder>"));
  }

  @Test
  void aManifestWithTimesNeedsNoSegments() throws IOException {
    record("a.wav");
    write("list.csv", "path,start_s,end_s\narchive/a.wav,0,1\n");
    SegmentsOptions options = new SegmentsOptions();
    new CommandLine(options).parseArgs("--segments=rttm");
    Inputs inputs = Inputs.of(folder + "/list.csv", folder + "/out");
    refuses("give only one", () -> GivenSegments.of(options, inputs, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--tier=words",
        "--segments=srt",
        "--segments=rttm:",
        "--segments=rttm --tier=words",
        "--segments=csv --speaker-from=label",
        "--segments=audacity --speaker-from=tier"
      })
  void optionsThatCannotStandTogetherAreRefused(String options) {
    assertThrows(WrongUsageException.class, () -> read(false, options.split(" ")));
  }
}
