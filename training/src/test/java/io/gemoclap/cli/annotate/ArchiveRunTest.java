package io.gemoclap.cli.annotate;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.cli.archive.JobSettings;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.features.Normalization;
import io.gemoclap.read.ResultFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A resumed archive knows its recordings by the files that they are, however they are spelled, and
 * notices those that have changed.
 */
final class ArchiveRunTest {
  @TempDir private Path folder;
  private Path archive;
  private Path output;

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @BeforeEach
  void makeAnArchiveOfOneLink() throws IOException {
    folder = folder.toRealPath();
    Path outside = Files.createDirectory(folder.resolve("outside"));
    for (String name : List.of("good.wav", "letter.wav", "secret.wav")) {
      Files.writeString(outside.resolve(name), name);
    }
    Files.createSymbolicLink(outside.resolve("dead.wav"), Path.of("gone"));
    archive = Files.createDirectory(folder.resolve("archive"));
    Files.createSymbolicLink(archive.resolve("b"), outside);
    Files.createSymbolicLink(folder.resolve("again"), archive);
    output = Files.createDirectory(folder.resolve("out"));
    settings().write(new ResultFolder(output.toString()));
    finish(archive + "/b/");
  }

  private String segment = "vad";

  private JobSettings settings() {
    return new JobSettings(Map.of("--segment", segment));
  }

  /** Writes the rows of one part: one recording, and three that failed. */
  private void finish(String below) throws IOException {
    write("recordings-00000-00000-of-00001.jsonl", row(below + "good.wav", null));
    write(
        "failures-00000-00000-of-00001.jsonl",
        row(below + "letter.wav", "UNSUPPORTED"),
        row(below + "secret.wav", "UNREADABLE"),
        row(below + "dead.wav", "UNREADABLE"));
    write("summary-00000.json", "{\"recordings\": 1}");
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(output.resolve(name), List.of(lines));
  }

  private static String row(String id, String kind) {
    String failed = kind == null ? "" : ", \"item\": \"%s\", \"kind\": \"%s\"".formatted(id, kind);
    return "{\"recording\": \"%s\"%s}".formatted(id, failed);
  }

  private void forecasts(String expected, String input, boolean retry) throws IOException {
    ArchiveOptions options = new ArchiveOptions();
    options.resume = true;
    options.retryFailures = retry;
    Inputs inputs = Inputs.of(input, output.toString());
    ArchiveRun run =
        new ArchiveRun(new ResultFolder(output.toString()), settings(), inputs, Normalization.NONE);
    String forecast = run.forecast(options).toString();
    assertTrue(forecast.startsWith(expected), forecast);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s/archive/b",
        "%s/archive/b/*",
        "%s/archive",
        "%s/again",
        "%s/outside",
        "file:%s/outside",
        "file://%s/again/b"
      })
  void everyWayToTheSameFilesIsDone(String input) throws IOException {
    String spelled = input.replace("%s", folder.toString());
    forecasts("4 recordings: 4 done, 0 would run; --retry-failures would repeat 3", spelled, false);
    forecasts("4 recordings: 1 done, 3 would run, 3 of them again", spelled, true);
  }

  @Test
  void anEarlierLinkToTheSameFolderAddsNoRecording() throws IOException {
    Files.createSymbolicLink(archive.resolve("a"), folder.resolve("outside"));
    everyWayToTheSameFilesIsDone("%s/archive");
    Files.writeString(folder.resolve("outside/new.wav"), "new");
    forecasts("5 recordings: 4 done, 1 would run", archive.toString(), false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"outside/", "./again/b/", "%s/outside/", "file://%s/archive/b/"})
  void everySpellingInAManifestIsDone(String below) throws IOException {
    List<String> rows = new ArrayList<>(List.of("path"));
    for (String name : List.of("good.wav", "letter.wav", "secret.wav", "dead.wav")) {
      rows.add(below.replace("%s", folder.toString()) + name);
    }
    Path manifest = Files.write(folder.resolve("list.csv"), rows);
    everyWayToTheSameFilesIsDone(manifest.toString());
  }

  @Test
  void aFileThatIsGoneIsDoneByItsId() throws IOException {
    Files.delete(folder.resolve("outside/good.wav"));
    Files.writeString(folder.resolve("outside/other.wav"), "other");
    forecasts("4 recordings: 3 done, 1 would run", archive.toString(), false);
  }

  /** A failure that says that a link led nowhere is no result of the file that it now leads to. */
  @Test
  void aFileThatWasKnownAsADeadLinkIsStillToDo() throws IOException {
    Files.writeString(archive.resolve("gone"), "now");
    Path link = Files.createSymbolicLink(archive.resolve("z.wav"), Path.of("gone"));
    write(
        "failures-00000-00000-of-00001.jsonl",
        row(archive + "/b/letter.wav", "UNSUPPORTED"),
        row(archive + "/b/secret.wav", "UNREADABLE"),
        row(archive + "/b/dead.wav", "UNREADABLE"),
        row(link.toString(), "UNREADABLE"));
    forecasts("5 recordings: 4 done, 1 would run", archive.toString(), false);
  }

  /** Writes the part's summary anew, as if the input had just been annotated. */
  private void remember(String input) throws IOException {
    Inputs inputs = Inputs.of(input, output.toString());
    String digests =
        new ChangedInputs(Map.of(), segment.equals("spans")).digests(inputs.recordings());
    write(
        "summary-00000.json", "{\"recordings\": 1, \"input_digests\": \"%s\"}".formatted(digests));
  }

  private void refuses(String id, String input) {
    WrongUsageException e =
        assertThrows(WrongUsageException.class, () -> forecasts("", input, false));
    String expected =
        "1 recordings have changed since they were annotated into '%s', in 1 of its parts: %s."
            .formatted(output, id);
    assertTrue(e.getMessage().startsWith(expected), e.getMessage());
    assertTrue(e.getMessage().contains("Choose a new output folder"), e.getMessage());
    assertTrue(e.getMessage().contains("delete summary-00000.json to annotate"), e.getMessage());
  }

  @Test
  void aRecordingOfAnotherSizeOrTimeIsRefusedUntilItsPartRunsAgain() throws IOException {
    remember(archive.toString());
    everyWayToTheSameFilesIsDone("%s/archive");
    Path good = folder.resolve("outside/good.wav");
    FileTime before = Files.getLastModifiedTime(good);
    Files.setLastModifiedTime(good, FileTime.fromMillis(before.toMillis() + 1));
    refuses(archive + "/b/good.wav", archive.toString());
    refuses(archive + "/b/good.wav", folder + "/outside");
    Files.setLastModifiedTime(good, before);
    everyWayToTheSameFilesIsDone("%s/archive");
    Files.writeString(good, "another text");
    Files.setLastModifiedTime(good, before);
    refuses(archive + "/b/good.wav", archive.toString());
    Files.delete(output.resolve("summary-00000.json"));
    forecasts("4 recordings: 0 done, 4 would run", archive.toString(), false);
  }

  @Test
  void nothingIsNoticedOfFailedRecordingsAndOfPartsWithoutDigests() throws IOException {
    Path good = folder.resolve("outside/good.wav");
    Files.setLastModifiedTime(good, FileTime.fromMillis(1));
    everyWayToTheSameFilesIsDone("%s/archive");
    remember(archive.toString());
    Files.writeString(folder.resolve("outside/letter.wav"), "now it may be decoded");
    everyWayToTheSameFilesIsDone("%s/archive");
    Files.delete(good);
    forecasts("3 recordings: 3 done, 0 would run", archive.toString(), false);
  }

  @ParameterizedTest
  @CsvSource({"spans, true", "whole, false"})
  void otherTimesInTheManifestAreNoticedIfTheyCut(String cut, boolean noticed) throws IOException {
    segment = cut;
    settings().write(new ResultFolder(output.toString()));
    Path manifest = folder.resolve("list.csv");
    String good = archive + "/b/good.wav";
    List<String> rows = List.of("path,start_s,end_s", good + ",0,1", good + ",1,2");
    Files.write(manifest, rows);
    remember(manifest.toString());
    Files.write(manifest, List.of(rows.get(0), rows.get(2), rows.get(1)));
    forecasts("1 recordings: 1 done, 0 would run", manifest.toString(), false);
    Files.write(manifest, rows.subList(0, 2));
    if (noticed) {
      refuses(good, manifest.toString());
    } else {
      forecasts("1 recordings: 1 done, 0 would run", manifest.toString(), false);
    }
  }
}
