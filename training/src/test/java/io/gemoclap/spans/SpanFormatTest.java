package io.gemoclap.spans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.segment.Span;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpanFormatTest {
  /** As Praat writes it. */
  private static final String LONG =
      """
      File type = "ooTextFile"
      Object class = "TextGrid"

      xmin = 0
      xmax = 3.5
      tiers? <exists>
      size = 3
      item []:
          item [1]:
              class = "IntervalTier"
              name = "Ada"
              xmin = 0
              xmax = 3.5
              intervals: size = 3
              intervals [1]:
                  xmin = 0
                  xmax = 0.5
                  text = ""
              intervals [2]:
                  xmin = 0.5
                  xmax = 1.25
                  text = "she said ""2 3"" ! and
      left"
              intervals [3]:
                  xmin = 1.25
                  xmax = 3.5
                  text = " "
          item [2]:
              class = "TextTier"
              name = "clicks"
              xmin = 0
              xmax = 3.5
              points: size = 1
              points [1]:
                  number = 2
                  mark = "click"
          item [3]:
              class = "IntervalTier"
              name = "Bo"
              xmin = 0
              xmax = 3.5
              intervals: size = 1
              intervals [1]:
                  xmin = 2
                  xmax = 3
                  text = "oh"
      """;

  private static final String SHORT =
      """
      File type = "ooTextFile"
      Object class = "TextGrid"

      0
      3.5
      <exists>
      3
      "IntervalTier"
      "Ada"
      0
      3.5
      3
      0
      0.5
      ""
      0.5 ! comments are passed over, even 7 "and" <exists>
      1.25
      "she said ""2 3"" ! and
      left"
      1.25
      3.5
      " "
      "TextTier"
      "clicks"
      0
      3.5
      1
      2
      "click"
      "IntervalTier"
      "Bo"
      0
      3.5
      1
      2
      3
      "oh"
      """;

  @TempDir private Path folder;

  private static SpanFile read(SpanFormat format, String text) throws IOException {
    return format.read("file", text, SpanChoices.DEFAULTS);
  }

  private static List<Span> spans(SpanFormat format, String text) throws IOException {
    SpanFile file = read(format, text);
    assertEquals(List.of(), file.problems());
    return file.spans().stream().map(SpanFile.Entry::span).toList();
  }

  private static Span span(double start, double end, String speaker) {
    return new Span(start, end, speaker, Span.EVERY_CHANNEL);
  }

  private static void refuses(SpanFormat format, String text, String sentence) {
    String message = assertThrows(IOException.class, () -> read(format, text)).getMessage();
    assertTrue(message.contains(sentence), message);
    assertTrue(message.contains("'file'"), message);
  }

  /** Line and message of the only problem. */
  private static String problem(SpanFormat format, String text) throws IOException {
    SpanFile file = read(format, text);
    assertEquals(1, file.problems().size(), file.toString());
    SpanFile.Problem problem = file.problems().get(0);
    return problem.line() + ": " + problem.message();
  }

  @Test
  void rttmHasSpeakersOfSeveralRecordings() throws IOException {
    String text =
        """
        ;; made by hand
        SPKR-INFO call 1 <NA> <NA> <NA> adult_male ada <NA> <NA>
        SPEAKER call 1 0.100 0.200 <NA> <NA> ada <NA> <NA>
        LEXEME call 1 0.1 0.2 hello lex ada 0.9
        SPEAKER   talk\t2 1.5 2.25 <NA> <NA> <NA> <NA>

        SPEAKER talk <NA> 4 1 <NA> <NA> bo <NA> <NA>
        SPEAKER talk 0 6 1 <NA> <NA> bo <NA> <NA>
        """;
    assertEquals(
        List.of(
            new Span(0.1, 0.3, "ada", 0),
            new Span(1.5, 3.75, "", 1),
            span(4, 5, "bo"),
            span(6, 7, "bo")),
        spans(SpanFormat.RTTM, text));
    List<SpanFile.Entry> entries = read(SpanFormat.RTTM, text).spans();
    assertEquals("call", entries.get(0).recording());
    assertEquals(3, entries.get(0).line());
    assertEquals("talk", entries.get(1).recording());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SPEAKER a 1 -1 2 <NA> <NA> x <NA> | it begins at -1.0 s, before the recording",
        "SPEAKER a 1 1 0 <NA> <NA> x <NA>  | its duration is 0.0 s, but must be above 0",
        "SPEAKER a 1 1 -2 <NA> <NA> x <NA> | its duration is -2.0 s, but must be above 0",
        "SPEAKER a 1 NaN 2 <NA> <NA> x     | 'NaN' is not a number of seconds",
        "SPEAKER a 1 1 2s <NA> <NA> x      | '2s' is not a number of seconds",
        "SPEAKER a 1 1e999 1 <NA> <NA> x   | Infinity s to Infinity s are no times",
        "SPEAKER a one 1 2 <NA> <NA> x     | channel 'one' is not a number",
        "SPEAKER a 1 1 2                   | it has 5 fields, but at least 8 are needed"
      })
  void aLineOfRttmThatIsNoSegmentIsAProblemOfItsRecording(String line, String problem)
      throws IOException {
    SpanFile file = read(SpanFormat.RTTM, line + "\nSPEAKER b 1 1 2 <NA> <NA> x <NA>\n");
    assertEquals(1, file.spans().size());
    assertEquals("a", file.problems().get(0).recording());
    assertEquals(problem, file.problems().get(0).message());
  }

  @Test
  void textThatIsNoRttmIsRefused() {
    refuses(SpanFormat.RTTM, "\nDear Sir or Madam", "line 2 begins with 'Dear'");
  }

  @ParameterizedTest
  @ValueSource(strings = {LONG, SHORT})
  void longAndShortTextGridsAreTheSame(String text) throws IOException {
    assertEquals(
        List.of(span(0.5, 1.25, "Ada"), span(2, 3, "Bo")), spans(SpanFormat.TEXTGRID, text));
  }

  @Test
  void aTierOfATextGridMayBeChosenAndItsLabelsMayNameTheSpeakers() throws IOException {
    List<Span> labelled =
        SpanFormat.TEXTGRID
            .read("file", LONG, new SpanChoices("Bo", SpeakerSource.LABEL))
            .spans()
            .stream()
            .map(SpanFile.Entry::span)
            .toList();
    assertEquals(List.of(span(2, 3, "oh")), labelled);
    assertEquals(
        "",
        SpanFormat.TEXTGRID
            .read("file", LONG, new SpanChoices("Bo", null))
            .spans()
            .get(0)
            .span()
            .speaker());
    assertEquals(
        "Bo",
        SpanFormat.TEXTGRID
            .read("file", LONG, new SpanChoices("Bo", SpeakerSource.TIER))
            .spans()
            .get(0)
            .span()
            .speaker());
    String message =
        assertThrows(
                IOException.class,
                () -> SpanFormat.TEXTGRID.read("file", LONG, new SpanChoices("clicks", null)))
            .getMessage();
    assertTrue(message.contains("no interval tier 'clicks'; it has [Ada, Bo]"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-8", "ISO-8859-1"})
  void textGridsInEveryEncodingOfPraatAreRead(String charset) throws IOException {
    boolean marked = charset.startsWith("UTF");
    String text = (marked ? "\uFEFF" : "") + LONG.replace("Ada", "Jörg");
    Path file = folder.resolve("a.TextGrid");
    Files.write(file, text.getBytes(Charset.forName(charset)));
    assertEquals(
        "Jörg",
        SpanFormat.TEXTGRID
            .read(file.toString(), SpanChoices.DEFAULTS)
            .spans()
            .get(0)
            .span()
            .speaker());
  }

  @Test
  void brokenTextGridsAreRefusedWithTheirLine() {
    refuses(SpanFormat.TEXTGRID, "ooBinaryFile\u0008TextGrid", "where the type of the file");
    refuses(SpanFormat.TEXTGRID, "\"ooTextFile\" \"Pitch\" 0 1", "Save as text file");
    refuses(SpanFormat.TEXTGRID, LONG.substring(0, LONG.indexOf("left")), "line 22: a text in");
    refuses(SpanFormat.TEXTGRID, SHORT.replace("\"oh\"\n", ""), "the file ends where the label");
    refuses(SpanFormat.TEXTGRID, SHORT.replace("\"TextTier\"", "\"PitchTier\""), "'PitchTier'");
    refuses(
        SpanFormat.TEXTGRID,
        SHORT.replace("\"Bo\"\n0\n3.5\n1\n", "\"Bo\"\n0\n3.5\n\"x\"\n"),
        "the size of a tier is \"x, not a number");
  }

  @Test
  void anIntervalThatEndsTooEarlyIsAProblem() throws IOException {
    assertEquals(
        "44: it ends at 1.0 s, but begins at 2.0 s: the end must be after the start",
        problem(SpanFormat.TEXTGRID, LONG.replace("xmax = 3\n", "xmax = 1\n")));
  }

  @Test
  void audacitysLabelsAreSpeakers() throws IOException {
    String text = "0.500000\t1.250000\tAda\n\\\t100.0\t4000.0\n\n2,5\t3\t\r\n4\t5\n";
    assertEquals(
        List.of(span(0.5, 1.25, "Ada"), span(2.5, 3, ""), span(4, 5, "")),
        spans(SpanFormat.AUDACITY, text));
    assertEquals(
        "",
        SpanFormat.AUDACITY
            .read("file", text, new SpanChoices(null, SpeakerSource.NONE))
            .spans()
            .get(0)
            .span()
            .speaker());
  }

  @Test
  void aPointLabelAndALineWithoutTabsAreProblems() throws IOException {
    assertEquals(
        "2: it ends at 1.0 s, but begins at 1.0 s: the end must be after the start",
        problem(SpanFormat.AUDACITY, "0\t1\tx\n1\t1\there\n"));
    assertEquals(
        "1: tabs must separate start, end and label", problem(SpanFormat.AUDACITY, "0 1 x"));
  }

  @Test
  void cuesHaveTheirVoices() throws IOException {
    String text =
        """
        WEBVTT - a call
        Kind: captions

        STYLE
        ::cue { color: red }

        NOTE from here on 00:00

        1
        00:00.500 --> 00:01.250 align:start position:10%
        <v.loud.first Ada &amp; Co>Who is <i>there</i>?

        01:00:02.000 --> 100:00:03.000
        <v Bo>Me.</v> <v Bo>Really.

        both
        00:04.000 --> 00:05.000
        <v Ada>Oh.</v>
        <v Bo>Yes.</v>

        00:06.000 --> 00:07.000
        """;
    assertEquals(
        List.of(
            span(0.5, 1.25, "Ada & Co"), span(3602, 360_003, "Bo"), span(4, 5, ""), span(6, 7, "")),
        spans(SpanFormat.WEBVTT, text));
  }

  @Test
  void wrongCuesAreProblemsAndOtherTextIsRefused() throws IOException {
    String start = "WEBVTT\r\n\r\n";
    assertEquals(
        "3: '00:02.000 --> 2' are no times",
        problem(SpanFormat.WEBVTT, start + "00:02.000 --> 2\r\nx\r\n"));
    assertEquals(
        "3: it is no cue: times with --> are missing",
        problem(SpanFormat.WEBVTT, start + "Hello\r\nthere\r\n"));
    assertEquals(
        "3: it ends at 1.0 s, but begins at 2.0 s: the end must be after the start",
        problem(SpanFormat.WEBVTT, start + "00:02.000 --> 00:01.000\r\n"));
    refuses(SpanFormat.WEBVTT, "1\n00:02.000 --> 00:03.000", "its first line must be WEBVTT");
  }

  @Test
  void lhotsesSupervisionsMayBeCompressedAndHaveSeveralChannels() throws IOException {
    String text =
        """
        {"id": "s1", "recording_id": "call", "start": 0.1, "duration": 0.2, "channel": 0, \
        "text": "hi", "speaker": "ada", "custom": {"x": 1}}
        {"id": "s2", "recording_id": "talk", "start": 1, "duration": 2.5, "channel": [0, 1]}
        {"id": "s3", "recording_id": "talk", "start": 5, "duration": 1, "speaker": null}
        """;
    Path file = folder.resolve("supervisions.jsonl.gz");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Files.write(file, bytes.toByteArray());
    SpanFile read = SpanFormat.LHOTSE.read(file.toString(), SpanChoices.DEFAULTS);
    assertEquals(
        List.of(
            new Span(0.1, 0.3, "ada", 0),
            new Span(1, 3.5, "", 0),
            new Span(1, 3.5, "", 1),
            span(5, 6, "")),
        read.spans().stream().map(SpanFile.Entry::span).toList());
    assertEquals("call", read.spans().get(0).recording());
  }

  @Test
  void wrongSupervisionsAreProblemsAndOtherJsonIsRefused() throws IOException {
    assertEquals(
        "1: start and duration must be numbers of seconds",
        problem(SpanFormat.LHOTSE, "{\"recording_id\": \"a\", \"start\": \"0\", \"duration\": 1}"));
    assertEquals(
        "1: channel -1 is not a number from 0",
        problem(
            SpanFormat.LHOTSE,
            "{\"recording_id\": \"a\", \"start\": 0, \"duration\": 1, \"channel\": [0, -1]}"));
    refuses(SpanFormat.LHOTSE, "{\"id\": \"cut\"}", "recording_id is missing");
    refuses(SpanFormat.LHOTSE, "\n[", "line 2");
  }

  @Test
  void csvHasItsColumnsInAnyOrder() throws IOException {
    String text =
        "speaker,end,note,start,recording,channel\nAda,2.5,x,1,call.wav,1\n,4,\"a, b\",3.5,,\n";
    assertEquals(
        List.of(new Span(1, 2.5, "Ada", 1), span(3.5, 4, "")), spans(SpanFormat.CSV, text));
    assertEquals("call.wav", read(SpanFormat.CSV, text).spans().get(0).recording());
    assertEquals(List.of(span(0.5, 1, "")), spans(SpanFormat.CSV, "start_s;end_s\n0,5;1\n"));
  }

  @Test
  void wrongRowsOfCsvAreProblemsAndMissingColumnsAreRefused() throws IOException {
    assertEquals(
        "2: '' is not a number of seconds", problem(SpanFormat.CSV, "start,end\n1,\n2,3\n"));
    assertEquals(
        "2: '0x1' is not a number of seconds", problem(SpanFormat.CSV, "start,end\n0x1,2\n"));
    assertEquals(
        "2: channel '-1' is not a number from 0",
        problem(SpanFormat.CSV, "start,end,channel\n0,1,-1\n"));
    refuses(SpanFormat.CSV, "start,stop\n0,1\n", "no column end; its columns are start, stop");
  }

  @Test
  void formatsAreNamedByUsersAndFilesByTheirSuffixes() {
    assertEquals(SpanFormat.TEXTGRID, SpanFormat.parse("textgrid"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> SpanFormat.parse("srt")).getMessage();
    assertTrue(message.endsWith("rttm, textgrid, audacity, webvtt, lhotse, csv"), message);
    assertEquals("/a/b", SpanFormat.LHOTSE.stem("/a/b.jsonl.gz"));
    assertEquals("/a/b.srt", SpanFormat.WEBVTT.stem("/a/b.srt"));
  }

  @Test
  void aMissingFileIsToldFromABrokenOne() {
    assertThrows(
        FileNotFoundException.class,
        () -> SpanFormat.RTTM.read(folder + "/gone.rttm", SpanChoices.DEFAULTS));
  }
}
