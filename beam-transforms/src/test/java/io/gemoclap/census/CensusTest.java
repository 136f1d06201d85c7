package io.gemoclap.census;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.failure.WorkerFaults;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CensusTest {
  @TempDir private Path folder;

  @BeforeEach
  void resolveLinks() throws IOException {
    folder = folder.toRealPath();
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  private Path link(String name, String target) throws IOException {
    return Files.createSymbolicLink(folder.resolve(name), Path.of(target));
  }

  /** Names below the folder; problems with an exclamation mark. */
  private List<String> found(String input) throws IOException {
    return below(Census.of(input).entries());
  }

  private List<String> below(List<CensusEntry> entries) {
    return entries.stream()
        .map(e -> e.name().substring(folder.toString().length() + 1) + (e.isFile() ? "" : "!"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "calls [2021]", "Proj {x}", "a*b", "what?", "x[", "x{", "[!a]", "back\\slash", "50%",
        "a#b", "a+b", " blank ", "-dash", "a\nb", "tab\tb", "quote\"", "e\u0301", "\u00e9",
        "\ud83d\ude00", "**", "a,b", "a:b", "~"
      })
  void aFolderOrFileThatExistsIsLiteral(String name) throws IOException {
    file("calls 2/wrong.wav");
    file("acb/wrong.wav");
    Set<String> all =
        new TreeSet<>(
            Set.of(name + "/right.wav", name + "/" + name + "/b.wav", name + "/" + name + ".x"));
    for (String file : all) {
      file(file);
    }
    List<String> sorted = List.copyOf(all);
    assertEquals(sorted, found(folder + "/" + name));
    assertEquals(sorted, found(folder + "/" + name + "/"));
    assertEquals(List.of(name + "/right.wav"), found(folder + "/" + name + "/right.wav"));
    assertEquals(List.of(name + "/right.wav"), found(folder + "/" + name + "/*t.wav"));
    assertEquals(sorted, found(folder.resolve(name).toUri().toString()));
  }

  @Test
  void aNameThatIsNotUtf8IsAUriThatLeadsBack() throws IOException {
    Path odd = Path.of(URI.create(folder.toUri() + "M%FCller.wav"));
    Files.writeString(odd, "x");
    List<CensusEntry> entries = Census.of(folder.toString()).entries();
    assertEquals(folder.toUri() + "M%FCller.wav", entries.get(0).name());
    assertEquals(odd, LocalNames.path(entries.get(0).name()));
    assertEquals(entries, Census.of(folder + "/M*.wav").entries());
    assertEquals(entries, Census.of(entries.get(0).name()).entries());
    try (ReadableByteChannel channel = StoredFile.of(entries.get(0).name()).open()) {
      assertEquals(1, channel.read(ByteBuffer.allocate(9)));
    }
  }

  @Test
  void eachRealFileCountsOnceByItsOwnPath() throws IOException {
    file("b/a.wav");
    link("again.wav", "b/a.wav");
    link("a-link", "b");
    link("loop", ".");
    link("b/up", "..");
    assertEquals(List.of("b/a.wav"), found(folder.toString()));
    assertEquals(List.of("a-link/a.wav"), found(folder + "/a-link"), "named as it was reached");
    assertTrue(Census.of(folder.toString()).names().contains(folder + "/again.wav"));
  }

  @Test
  void aFileOutsideCountsOnceByItsFirstLink() throws IOException {
    file("outside/x/c.wav");
    Files.createDirectory(folder.resolve("in"));
    link("in/2", "../outside/x");
    link("in/3", "../outside");
    link("in/b.wav", "../outside/x/c.wav");
    assertEquals(List.of("in/2/c.wav"), found(folder + "/in"));
    CensusEntry only = Census.of(folder + "/in").entries().get(0);
    assertEquals(folder + "/outside/x/c.wav", only.location());
  }

  @Test
  void hardLinksAreFilesOfTheirOwn() throws IOException {
    Files.createLink(folder.resolve("b.wav"), file("a.wav"));
    assertEquals(List.of("a.wav", "b.wav"), found(folder.toString()));
  }

  @Test
  void linksThatLeadNowhereAndPipesAreOneProblemEach() throws Exception {
    file("a.wav");
    link("dead.wav", "gone.wav");
    link("self", "self");
    link("deep", "a.wav/x");
    int made = new ProcessBuilder("mkfifo", folder + "/pipe.wav").start().waitFor();
    assertEquals(0, made);
    link("to-pipe", "pipe.wav");
    assertEquals(
        List.of("a.wav", "dead.wav!", "deep!", "pipe.wav!", "self!", "to-pipe!"),
        found(folder.toString()));
    assertEquals(List.of("a.wav", "dead.wav!", "pipe.wav!"), found(folder + "/*.wav"));
    assertEquals(List.of("pipe.wav!"), found(folder + "/pipe.wav"));
    IOException e =
        assertThrows(IOException.class, () -> StoredFile.of(folder + "/pipe.wav").open());
    assertTrue(e.getMessage().contains("a pipe"), e.getMessage());
  }

  /** As for an ordinary user; tests may run as one who may read everything. */
  private static final class Refusing implements Folders {
    @Override
    public List<Path> children(Path path) throws IOException {
      refuse(path, "secret");
      return LOCAL.children(path);
    }

    @Override
    public BasicFileAttributes attributes(Path path, LinkOption... options) throws IOException {
      refuse(path, "hidden.wav");
      return LOCAL.attributes(path, options);
    }

    private static void refuse(Path path, String name) throws IOException {
      if (path.endsWith(name)) {
        throw new AccessDeniedException(path.toString());
      }
    }
  }

  private List<CensusEntry> walk(String glob) {
    FolderWalk walk = new FolderWalk(new Refusing(), glob == null ? null : Glob.of(glob));
    walk.folder(folder);
    return new ArrayList<>(walk.entries());
  }

  @Test
  void aFolderThatMayNotBeReadIsOneProblem() throws IOException {
    file("a.wav");
    file("secret/1.wav");
    file("secret/2.wav");
    file("hidden.wav");
    List<CensusEntry> entries = walk(null);
    assertEquals(Set.of("a.wav", "secret!", "hidden.wav!"), Set.copyOf(below(entries)));
    for (CensusEntry entry : entries) {
      assertTrue(entry.problem().orElse("permission denied").contains("permission denied"));
    }
    assertEquals(List.of("a.wav"), below(walk("a*.wav")), "what cannot match is not looked at");
    assertEquals(List.of("secret!"), below(walk("sec*/*.wav")));
    assertEquals(3, walk("**.wav").size());
  }

  /** Otherwise a worker without file descriptors would report folders as unreadable. */
  @Test
  void aFaultOfTheWorkerIsNotAProblemOfTheFolder() throws IOException {
    file("sub/a.wav");
    Folders exhausted =
        new Folders() {
          @Override
          public List<Path> children(Path path) throws IOException {
            throw new FileSystemException(path.toString(), null, "Too many open files");
          }

          @Override
          public BasicFileAttributes attributes(Path path, LinkOption... options)
              throws IOException {
            return LOCAL.attributes(path, options);
          }
        };
    FolderWalk walk = new FolderWalk(exhausted, null);
    WorkerFaults.assertThrown("raise the limit of open files", () -> walk.folder(folder));
  }

  @Test
  void aFolderThatWasRemovedMeanwhileIsNotAProblem() {
    FolderWalk walk = new FolderWalk(Folders.LOCAL, null);
    walk.folder(folder.resolve("gone"));
    assertEquals(1, walk.entries().size(), "but the input itself is");
  }

  @Test
  void spellingsOfOneFileHaveOneLocation() throws IOException {
    Path file = file("sub/a.wav");
    link("link.wav", "sub/a.wav");
    for (String spelling :
        List.of(
            file.toString(),
            folder + "/./sub//a.wav",
            folder + "/sub/../sub/a.wav",
            folder + "/link.wav",
            "file:" + file,
            "file://" + file,
            "FILE://localhost" + file,
            "file://" + folder + "/s%75b/a.wav")) {
      assertEquals(file.toString(), Census.location(spelling), spelling);
    }
    assertEquals(folder + "/gone.wav", Census.location(folder + "/x/../gone.wav"));
  }

  @Test
  void missingFilesListNothing() throws IOException {
    assertEquals(List.of(), found(folder + "/none"));
    assertEquals(List.of(), found(folder + "/none/*.wav"));
    assertThrows(FileNotFoundException.class, () -> StoredFile.of(folder + "/none").open());
    assertThrows(IOException.class, () -> StoredFile.of(folder.toString()).open());
    for (String impossible : List.of("file://elsewhere/a", "file:///a%zz", "file:a", "a\u0000b")) {
      assertThrows(IllegalArgumentException.class, () -> LocalNames.path(impossible), impossible);
    }
  }

  @Test
  void onlyMissingPathsArePatterns() throws IOException {
    file("[a].wav");
    assertTrue(Census.isPattern(folder + "/*.wav"));
    assertFalse(Census.isPattern(folder + "/[a].wav"));
    assertFalse(Census.isPattern(folder + "/none"));
  }
}
