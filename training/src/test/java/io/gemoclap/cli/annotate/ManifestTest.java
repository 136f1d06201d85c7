package io.gemoclap.cli.annotate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.Recording;
import io.gemoclap.audio.segment.Span;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    folder = folder.toRealPath();
    file = Files.writeString(folder.resolve("a.wav"), "a");
  }

  private List<Recording> read(String name, String text) throws IOException {
    return RecordingManifest.read(Files.writeString(folder.resolve(name), text).toString());
  }

  private void refuses(String expected, String name, String text) {
    IOException e = assertThrows(IOException.class, () -> read(name, text));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertTrue(e.getMessage().contains(name), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.wav",
        "./a.wav",
        ".//a.wav",
        "sub/../a.wav",
        "%s/a.wav",
        "%s/./a.wav",
        "file:%s/a.wav",
        "file://%s/a.wav",
        "FILE://localhost%s/a.wav",
        "file://%s/%61.wav",
        "link.wav",
        "up/a.wav"
      })
  void everySpellingOfOneFileIsOneRecordingWithTheIdOfItsFirstRow(String spelling)
      throws IOException {
    Files.createSymbolicLink(folder.resolve("link.wav"), file);
    Files.createSymbolicLink(folder.resolve("up"), folder);
    String other = spelling.replace("%s", folder.toString());
    List<Recording> recordings =
        read("list.csv", "path,start_s,end_s\na.wav,0,1\n" + other + ",1,2\n");
    assertEquals(1, recordings.size());
    assertEquals(file.toString(), recordings.get(0).id());
    assertEquals(List.of(new Span(0, 1), new Span(1, 2)), recordings.get(0).spans());
  }

  @ParameterizedTest
  @CsvSource({"%s/./a.wav", "file:%s/a.wav", "file://%s/a.wav"})
  void anIdStaysAsTheManifestSpellsIt(String spelling) throws IOException {
    String id = spelling.replace("%s", folder.toString());
    assertEquals(id, read("list.csv", "path\n" + id + "\n").get(0).id());
  }

  @Test
  void aMissingFileIsARecordingThatFailsLaterAndHasOneLocationToo() throws IOException {
    List<Recording> recordings = read("list.csv", "path\ngone.wav\n./gone.wav\nx/gone.wav\n");
    assertEquals(
        List.of(folder + "/gone.wav", folder + "/x/gone.wav"),
        recordings.stream().map(Recording::id).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"list [1].csv", "Müller.csv", "list.CSV"})
  void theManifestItselfIsLiteral(String name) throws IOException {
    assertEquals(file.toString(), read(name, "\uFEFFpath\r\n\r\na.wav\r\n").get(0).id());
  }

  @Test
  void aManifestMayBeNamedByAUriAndNameBytesThatAreNotText() throws IOException {
    Path odd = Files.createDirectory(Path.of(URI.create(folder.toUri() + "M%FCller")));
    Path list = Files.writeString(odd.resolve("list.csv"), "path\na [1].wav\n");
    assertEquals(
        odd.toUri() + "a%20%5B1%5D.wav",
        RecordingManifest.read(list.toUri().toString()).get(0).id());
  }

  @Test
  void rowsWithTimesAndRowsWithoutMayBeMixed() throws IOException {
    List<Recording> recordings =
        read("list.csv", "path,start_s,end_s\na.wav,0.5,2\nb.wav,,\nc.wav\n");
    assertEquals(
        List.of(List.of(new Span(0.5, 2)), List.of(), List.of()),
        recordings.stream().map(Recording::spans).toList());
  }

  @Test
  void ofOneRecordingAllRowsHaveTimesOrNone() {
    refuses(
        "line 4: './a.wav' is also in line 2",
        "x.csv",
        "path,start_s,end_s\na.wav,0,1\nb.wav,,\n./a.wav,,\n");
    refuses(
        "line 3: './a.wav' is also in line 2",
        "x.csv",
        "path,start_s,end_s\na.wav,,\n./a.wav,0,1\n");
  }

  @Test
  void decimalCommasAreReadWithSemicolonsAndRejectedWithCommas() throws IOException {
    List<Recording> recordings =
        read("list.csv", "path;start_s;end_s;agent\na.wav;0,5;2,25;Jo, Ann\n");
    assertEquals(List.of(new Span(0.5, 2.25)), recordings.get(0).spans());
    assertEquals(Map.of("agent", "Jo, Ann"), recordings.get(0).metadata());
    refuses(
        "separate the columns with semicolons", "x.csv", "path,start_s,end_s\na.wav,\"0,5\",2\n");
    refuses("not a number of seconds", "x.csv", "path;start_s;end_s\na.wav;1.000,5;2\n");
  }

  @Test
  void messagesNameTheLineAsAnEditorCountsIt() {
    refuses(
        "line 5: the path is missing",
        "x.csv",
        "\npath,x\n\n\"a\nb\",1\n".replace("\"a\nb\"", "a") + ",2\n");
    refuses("line 3: the path is missing", "x.jsonl", "{\"path\":\"a\"}\n\n{\"x\":\"a\"}\n");
    refuses(
        "line 1: only one of start_s and end_s is given",
        "x.jsonl",
        "{\"path\":\"a\",\"start_s\":1}\n");
    refuses("line 2: Span from 3.0 s to 2.0 s", "x.csv", "path,start_s,end_s\na.wav,3,2\n");
    refuses(
        "line 2: 'file://elsewhere/a.wav' is not the name of a file",
        "x.csv",
        "path\nfile://elsewhere/a.wav\n");
    refuses("lists no recording", "x.csv", "path\n\n");
  }

  @Test
  void aSpeakerIsKeptOnlyIfAllRowsNameTheSame() throws IOException {
    List<Recording> recordings =
        read("list.csv", "path,speaker,x\na.wav,s1,1\n./a.wav,s2,2\nb.wav,s1,\nb.wav,s1,3\n");
    assertEquals(Map.of("x", "1"), recordings.get(0).metadata());
    assertEquals(Map.of("speaker", "s1"), recordings.get(1).metadata());
  }

  @Test
  void segmentsOfSeveralSpeakersHaveTheSpeakersOfTheirRows() throws IOException {
    Recording recording =
        read("list.csv", "path,start_s,end_s,speaker\na.wav,0,1,s1\na.wav,1,2,s2\na.wav,2,3,\n")
            .get(0);
    assertEquals(
        List.of(
            new Span(0, 1, "s1", Span.EVERY_CHANNEL),
            new Span(1, 2, "s2", Span.EVERY_CHANNEL),
            new Span(2, 3)),
        recording.spans());
    assertEquals(Map.of(), recording.metadata());
  }
}
