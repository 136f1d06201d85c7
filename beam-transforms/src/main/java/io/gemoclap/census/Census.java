package io.gemoclap.census;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Everything that an input means: each file once, and each entry that cannot be read, once, with
 * the reason. Nothing is left out without a word.
 *
 * <p>An input that exists is taken literally, whatever characters its name holds: a folder means
 * all files below it, hidden ones too. Only an input that does not exist is a pattern ({@code *},
 * {@code **}, {@code ?}, {@code [a-c]}, {@code {a,b}}), and of a pattern too, the leading folders
 * that exist are literal. Files are not opened: whether one can be read and decoded is found out
 * later.
 *
 * <p>Links are followed. A file or folder that is reached in several ways counts once: by its own
 * path if it is below the input, otherwise by the first link in the order of names. Hard links are
 * their own files. These are problems, one each: a link that leads nowhere, a folder that may not
 * be read, and a pipe, socket or device. Immutable.
 *
 * @param entries the files and problems, in the order of their names
 * @param names all names that were met: those of the entries, of folders that were read, and of
 *     links to what is listed under another name
 * @hidden
 */
@Internal
public record Census(List<CensusEntry> entries, Set<String> names) {

  /**
   * Lists an input.
   *
   * @param input a path or {@code file:} URI, a URI of a registered Beam file system, or a pattern
   * @throws IOException if the file system fails as a whole
   * @throws IllegalArgumentException if the input cannot be the name of anything, or no file system
   *     is registered for it; says which
   */
  public static Census of(String input) throws IOException {
    if (!LocalNames.isLocal(input)) {
      List<CensusEntry> files = RemoteListing.of(input);
      return sorted(files, files.stream().map(CensusEntry::name).collect(Collectors.toSet()));
    }
    Path path = LocalNames.path(input);
    FolderWalk walk;
    if (Files.isDirectory(path)) {
      walk = new FolderWalk(Folders.LOCAL, null);
      walk.folder(path);
    } else if (LocalNames.exists(path)) {
      walk = new FolderWalk(Folders.LOCAL, null);
      walk.file(path);
    } else {
      walk = ofPattern(input);
    }
    return sorted(walk.entries(), walk.names());
  }

  /** Whether an input is a pattern: it holds special characters, and nothing has that name. */
  public static boolean isPattern(String input) {
    boolean exists = LocalNames.isLocal(input) && LocalNames.exists(LocalNames.path(input));
    return !exists && Glob.isPattern(input);
  }

  /** Follows the steps of a pattern as long as they exist; the rest is matched below that. */
  private static FolderWalk ofPattern(String input) throws IOException {
    if (!Glob.isPattern(input)) {
      return new FolderWalk(Folders.LOCAL, null);
    }
    Path path = LocalNames.path(input);
    Path folder = path.getRoot();
    int step = 0;
    while (step < path.getNameCount() && Files.isDirectory(folder.resolve(path.getName(step)))) {
      folder = folder.resolve(path.getName(step++));
    }
    List<String> rest = new ArrayList<>();
    for (; step < path.getNameCount(); step++) {
      rest.add(LocalNames.lastName(folder.resolve(path.getName(step))));
    }
    FolderWalk walk = new FolderWalk(Folders.LOCAL, Glob.of(String.join("/", rest)));
    walk.folder(folder);
    return walk;
  }

  private static Census sorted(List<CensusEntry> entries, Set<String> names) {
    return new Census(
        entries.stream().sorted(Comparator.comparing(CensusEntry::name)).toList(), names);
  }

  /**
   * The location that a path leads to, links followed. Where it leads nowhere, its name in the
   * folder that it is in, links to that followed.
   */
  public static String location(String name) {
    if (!LocalNames.isLocal(name)) {
      return name;
    }
    Path path = LocalNames.path(name);
    try {
      return LocalNames.name(path.toRealPath());
    } catch (IOException e) {
      return LocalNames.name(inRealFolder(path));
    }
  }

  private static Path inRealFolder(Path path) {
    Path folder = path.getParent();
    try {
      return folder == null ? path : folder.toRealPath().resolve(path.getFileName());
    } catch (IOException e) {
      return path;
    }
  }
}
