package io.gemoclap.census;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same rules on a file system that only Beam knows. */
final class RemoteCensusTest {
  private static final String ROOT = "shelf://store/";

  @BeforeEach
  void register() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @AfterEach
  void clear() {
    ShelfFileSystem.OBJECTS.clear();
  }

  private static void put(String... names) {
    for (String name : names) {
      ShelfFileSystem.OBJECTS.put(ROOT + name, name.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<String> found(String input) throws IOException {
    return Census.of(ROOT + input).entries().stream()
        .map(entry -> entry.name().substring(ROOT.length()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"calls [2]", "a*b", "a?b", "Proj {x}/calls", "x[", "back\\slash", "50%", "plain"})
  void aFolderThatExistsIsLiteral(String folder) throws IOException {
    put(folder + "/a.wav", folder + "/deep/b [1].wav", "calls 2/wrong.wav", "acb/wrong.wav");
    List<String> all = List.of(folder + "/a.wav", folder + "/deep/b [1].wav");
    assertEquals(all, found(folder));
    assertEquals(all, found(folder + "/"));
    assertEquals(all.subList(1, 2), found(all.get(1)));
  }

  @Test
  void missingPathsMayBePatterns() throws IOException {
    put("x/a.wav", "x/b.mp3", "x/y/c.wav");
    assertEquals(List.of("x/a.wav"), found("x/*.wav"));
    assertEquals(List.of("x/a.wav", "x/y/c.wav"), found("x/**.wav"));
    assertEquals(List.of("x/a.wav", "x/b.mp3"), found("x/[ab].*"));
    assertEquals(List.of(), found("none"));
  }

  @Test
  void anEmptyObjectThatMarksAFolderIsNotAFile() throws IOException {
    put("x/a.wav");
    ShelfFileSystem.OBJECTS.put(ROOT + "x/", new byte[0]);
    ShelfFileSystem.OBJECTS.put(ROOT + "x/empty.wav", new byte[0]);
    assertEquals(List.of("x/a.wav", "x/empty.wav"), found("x"));
  }

  @Test
  void aFileIsOpenedAndStampedByItsLiteralName() throws IOException {
    put("a [1].wav", "a 1.wav!");
    assertEquals("9@0", StoredFile.of(ROOT + "a [1].wav").stamp());
    assertThrows(FileNotFoundException.class, () -> StoredFile.of(ROOT + "a [2].wav").stamp());
    assertThrows(FileNotFoundException.class, () -> StoredFile.of(ROOT + "gone.wav").open());
  }

  @Test
  void aFileSystemThatIsNotRegisteredIsAnError() {
    assertThrows(IllegalArgumentException.class, () -> Census.of("gopher://host/calls"));
  }
}
