package io.gemoclap.census;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/**
 * Lists on Beam file systems. Beam can only match patterns there, so a name with special characters
 * is matched with {@code ?} in their places, and what does not bear the name itself is dropped.
 * Nothing else asks Beam to match.
 *
 * @hidden
 */
@Internal
public final class RemoteListing {
  private static final String SPECIAL = "[\\[\\]{}*?\\\\]";

  private RemoteListing() {}

  static List<CensusEntry> of(String input) throws IOException {
    List<Metadata> files = below(input);
    if (files.isEmpty()) {
      files = named(input);
    }
    if (files.isEmpty() && Glob.isPattern(input)) {
      files = match(input);
    }
    return files.stream()
        .map(
            file ->
                CensusEntry.file(
                    file.resourceId().toString(),
                    file.resourceId().toString(),
                    file.sizeBytes(),
                    file.lastModifiedMillis()))
        .toList();
  }

  /**
   * The one file of a name.
   *
   * @throws FileNotFoundException if there is none
   */
  public static Metadata single(String name) throws IOException {
    List<Metadata> files = named(name);
    if (files.isEmpty()) {
      throw new FileNotFoundException("'" + name + "' does not exist");
    }
    return files.get(0);
  }

  private static List<Metadata> named(String name) throws IOException {
    String literal = name.replaceAll(SPECIAL, "?");
    return match(literal).stream()
        .filter(file -> !isSpecial(name) || bears(file, name, false))
        .toList();
  }

  /** Whether a name had to be matched as a pattern; another one may come back normalized. */
  private static boolean isSpecial(String name) {
    return Glob.isPattern(name) || name.indexOf('\\') >= 0;
  }

  /** Whether a file has a name, or one that begins so. HDFS gives names in percent-encoding. */
  private static boolean bears(Metadata file, String name, boolean begins) {
    String path = withoutAuthority(name);
    String found = withoutAuthority(file.resourceId().toString());
    return Stream.of(found, LocalNames.decoded(found))
        .anyMatch(other -> begins ? other.startsWith(path) : other.equals(path));
  }

  /** HDFS knows its own authority where none is named. */
  private static String withoutAuthority(String uri) {
    return uri.replaceFirst("^[^:/]+://[^/]*", "");
  }

  /** The files in a folder and in all folders below it; none if there is no such folder. */
  public static List<Metadata> below(String name) throws IOException {
    String folder = name.replaceFirst("/*$", "/");
    String literal = folder.replaceAll(SPECIAL, "?");
    // On HDFS the second does not match what is in the folder itself, the first also folders.
    Set<Metadata> files = new HashSet<>(match(literal + "*"));
    files.addAll(match(literal + "**"));
    files.removeIf(file -> isSpecial(folder) && !bears(file, folder, true));
    Set<String> folders = names(files).flatMap(RemoteListing::folders).collect(Collectors.toSet());
    files.removeIf(file -> file.sizeBytes() == 0 && folders.contains(file.resourceId().toString()));
    return new ArrayList<>(files);
  }

  /** All folders that a file is in. Some object stores keep an empty object as a folder. */
  private static Stream<String> folders(String file) {
    Stream<String> above =
        Stream.iterate(
            file, name -> name.indexOf('/') >= 0, name -> name.substring(0, name.lastIndexOf('/')));
    return Stream.concat(above.skip(1), Stream.of(file).filter(name -> name.endsWith("/")));
  }

  private static Stream<String> names(Collection<Metadata> files) {
    return files.stream().map(file -> file.resourceId().toString());
  }

  /** What a pattern of a Beam file system matches; nothing is fine. */
  public static List<Metadata> match(String pattern) throws IOException {
    try {
      return FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }
}
