package io.gemoclap.cli.annotate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.Recording;
import io.gemoclap.cli.console.WrongUsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --input} finds, and what it must not take for recordings. */
final class InputsTest {
  @TempDir private Path folder;
  private Path first;
  private Path second;

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @BeforeEach
  void makeFiles() throws IOException {
    first = Files.writeString(folder.resolve("a.wav"), "a");
    second = Files.writeString(Files.createDirectory(folder.resolve("deep")).resolve("b.wav"), "b");
  }

  private List<String> found(String input, Path output) throws IOException {
    return Inputs.of(input, output.toString()).recordings().stream().map(Recording::id).toList();
  }

  @Test
  void aFolderIsAllOfItsFilesAndAPatternWhatItMatches() throws IOException {
    Path elsewhere = folder.resolve("../elsewhere");
    List<String> both = List.of(first.toString(), second.toString());
    assertEquals(both, found(folder.toString(), elsewhere));
    assertEquals(both, found(folder + "/", elsewhere));
    assertEquals(both.subList(0, 1), found(folder + "/*.wav", elsewhere));
    assertEquals(both.subList(1, 2), found(second.toString(), elsewhere));
  }

  @Test
  void resultsInTheFolderAreNotRecordings() throws IOException {
    Path output = Files.createDirectory(folder.resolve("out"));
    Files.writeString(output.resolve("annotations-00000-of-00001.jsonl"), "{}\n");
    assertEquals(2, found(folder.toString(), output).size());
    assertEquals(3, found(folder.toString(), folder.resolve("o")).size());
  }

  @Test
  void recordingsInTheOutputStayRecordingsSoThatNothingOverwritesThem() throws IOException {
    Path output = second.getParent();
    Files.writeString(output.resolve("job.json"), "{}");
    assertEquals(2, found(folder.toString(), output).size());
    assertTrue(Inputs.of(folder.toString(), output.toString()).liesIn(output));
    assertTrue(Inputs.of(folder.toString(), folder.toString()).liesIn(folder));
  }

  @Test
  void nothingIsSaidToBeNothing() {
    for (String nothing : List.of(folder + "/none", folder + "/*.mp3")) {
      IOException e = assertThrows(IOException.class, () -> Inputs.of(nothing, folder + "/out"));
      assertTrue(e.getMessage().contains("'" + nothing + "' matches no file"), e.getMessage());
    }
  }

  @Test
  void aFolderThatExistsIsLiteralAndNoManifestWhateverItIsCalled() throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve("calls 2")).resolve("x.wav"), "x");
    for (String name : List.of("calls [2]", "calls.csv", "Proj {x}")) {
      Path inside = Files.createDirectory(folder.resolve(name)).resolve("a [1].wav");
      Files.writeString(inside, "a");
      assertEquals(List.of(inside.toString()), found(folder + "/" + name, folder.resolve("out")));
      assertEquals(List.of(inside.toString()), found(inside.toString(), folder.resolve("out")));
      assertEquals(
          folder + "/" + name, Inputs.watched(folder + "/" + name, List.of("kafka:results")));
    }
  }

  @Test
  void unreadableEntriesAreListedAndPrintedBeforeTheJob() throws IOException {
    Path dead = Files.createSymbolicLink(folder.resolve("dead.wav"), folder.resolve("gone"));
    assertEquals(
        List.of(first.toString(), dead.toString(), second.toString()),
        found(folder.toString(), folder.resolve("out")));
    String told = Inputs.of(folder.toString(), "out").problems();
    assertTrue(told.contains("1 cannot be read") && told.contains(dead.toString()), told);
    IOException e =
        assertThrows(IOException.class, () -> Inputs.of(dead.toString(), folder + "/out"));
    assertTrue(e.getMessage().contains("is broken: its target does not exist"), e.getMessage());
  }

  @Test
  void aFileSystemThatIsMissingIsSaidToBe() {
    IOException e =
        assertThrows(IOException.class, () -> Inputs.of("s3://bucket/calls", "s3://bucket/out"));
    assertTrue(e.getMessage().contains("GEMOCLAP_BUILD_OPTIONS"), e.getMessage());
  }

  @Test
  void whatIsWatchedIsAFolderOrAPattern() {
    List<String> elsewhere = List.of("kafka:results", "/elsewhere");
    assertEquals(".", Inputs.watched(".", elsewhere));
    assertEquals(folder.toString(), Inputs.watched(folder.toString(), elsewhere));
    assertEquals(folder + "/*.wav", Inputs.watched(folder + "/*.wav", elsewhere));
    WrongUsageException e =
        assertThrows(WrongUsageException.class, () -> Inputs.watched(folder + "/later", elsewhere));
    assertTrue(e.getMessage().contains("create the folder first"), e.getMessage());
  }

  @Test
  void resultsAreNotWrittenIntoAWatchedFolder() {
    List<String> outputs = List.of("kafka:results", folder.resolve("out").toString());
    WrongUsageException e =
        assertThrows(WrongUsageException.class, () -> Inputs.watched(folder.toString(), outputs));
    assertTrue(e.getMessage().contains("Choose an output folder outside it"), e.getMessage());
  }
}
