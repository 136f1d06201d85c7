package io.gemoclap.cli;

import com.google.common.base.CharMatcher;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;

/** What {@code --input} names: a manifest, a folder, a file or a pattern. */
final class Inputs {
  private static final int BUCKETS = 64;
  private static final Pattern RESULT = Pattern.compile(".*\\.(json|jsonl|parquet)");
  private static final Pattern PLACE = Pattern.compile("([^:/]+://)([^/]*)(.*)");

  private final String input;
  private final boolean listed;
  private final List<Recording> recordings;

  private Inputs(String input, boolean listed, List<Recording> recordings) {
    this.input = input;
    this.listed = listed;
    this.recordings = recordings;
  }

  /**
   * Looks at the input before any job starts.
   *
   * @param output a folder of results; where it lies in a folder of recordings, they are left out
   * @throws IOException when nothing is there, saying what was looked for
   */
  static Inputs of(String input, String output) throws IOException {
    String lower = input.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".csv") || lower.endsWith(".jsonl")) {
      return new Inputs(input, true, Manifest.read(input));
    }
    List<Recording> recordings =
        files(input).filter(file -> !isResult(file, output)).sorted().map(Recording::file).toList();
    if (recordings.isEmpty()) {
      throw new IOException("--input '" + input + "' matches no file");
    }
    return new Inputs(input, false, recordings);
  }

  /** All files of a folder, or what a name or pattern matches. */
  private static Stream<String> files(String input) throws IOException {
    if (isLocal(input)) {
      return names(match(isLocalFolder(input) ? allFiles(input) : input));
    }
    if (isPattern(input)) {
      return names(match(input));
    }
    // On HDFS the second does not match what lies in the folder itself, the first also folders.
    Set<Metadata> files = new HashSet<>(match(asFolder(input) + "*"));
    files.addAll(match(allFiles(input)));
    Set<String> folders = names(files).flatMap(Inputs::folders).collect(Collectors.toSet());
    files.removeIf(file -> file.sizeBytes() == 0 && folders.contains(file.resourceId().toString()));
    return names(files.isEmpty() ? match(input) : files);
  }

  /** All folders that a file lies in. Some object stores keep an empty object as a folder. */
  private static Stream<String> folders(String file) {
    Stream<String> above =
        Stream.iterate(
            file, name -> name.indexOf('/') >= 0, name -> name.substring(0, name.lastIndexOf('/')));
    return Stream.concat(above.skip(1), Stream.of(file).filter(name -> name.endsWith("/")));
  }

  /** Whether a file was written by us, or by Beam for us, and is no recording anyway. */
  private static boolean isResult(String file, String output) {
    return isBelow(file, output)
        && (file.contains("/.temp-beam") || RESULT.matcher(file).matches());
  }

  private static Stream<String> names(Collection<Metadata> files) {
    return files.stream().map(file -> file.resourceId().toString());
  }

  private static List<Metadata> match(String pattern) throws IOException {
    try {
      return FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IllegalArgumentException e) {
      throw new IOException(
          ("--input '%s' cannot be looked for: %s. hdfs:// needs HADOOP_CONF_DIR or"
                  + " --hdfsConfiguration; others the jars of Beam's module, in GEMOCLAP_CLASSPATH")
              .formatted(pattern, e.getMessage()),
          e);
    }
  }

  /**
   * The pattern to watch.
   *
   * @throws WrongUsageException if there is no such folder, or results would be taken for
   *     recordings
   */
  static String watched(String input, List<String> outputs) {
    for (String output : outputs) {
      if (!output.startsWith(LiveOptions.KAFKA) && isBelow(output, input)) {
        throw new WrongUsageException(
            ("--output '%s' lies in the folder that is watched, '%s': results would be taken for"
                    + " recordings. Choose a folder beside it")
                .formatted(output, input));
      }
    }
    if (isPattern(input)) {
      return input;
    }
    if (isLocal(input) && !isLocalFolder(input)) {
      throw new WrongUsageException(
          "--watch needs a folder or a pattern, and '" + input + "' is neither: make it first");
    }
    return allFiles(input);
  }

  /** Whether a recording, or the manifest, lies in a local folder. */
  boolean liesIn(Path folder) {
    Stream<String> ids = recordings.stream().map(Recording::id);
    return (listed ? Stream.concat(Stream.of(input), ids) : ids)
        .filter(Inputs::isLocal)
        .anyMatch(file -> absolute(file).startsWith(absolute(folder.toString())));
  }

  private static String allFiles(String folder) {
    return asFolder(folder) + "**";
  }

  private static boolean isPattern(String input) {
    return CharMatcher.anyOf("*?[{").matchesAnyOf(input);
  }

  private static boolean isLocal(String uri) {
    return !uri.contains("://");
  }

  private static boolean isLocalFolder(String input) {
    try {
      return Files.isDirectory(Path.of(input));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Whether a file or folder lies in another folder, or is it. */
  private static boolean isBelow(String file, String folder) {
    if (isLocal(file) && isLocalFolder(folder)) {
      return absolute(file).startsWith(absolute(folder));
    }
    if (isLocal(file) || isLocal(folder)) {
      return false;
    }
    boolean anywhere = authority(file).isEmpty() || authority(folder).isEmpty();
    return anywhere
        ? asFolder(path(file)).startsWith(asFolder(path(folder)))
        : asFolder(file).startsWith(asFolder(folder));
  }

  /** The NameNode of HDFS; where none is named, the file system has its own. */
  private static String authority(String uri) {
    return PLACE.matcher(uri).replaceFirst("$2");
  }

  private static String path(String uri) {
    return PLACE.matcher(uri).replaceFirst("$3");
  }

  private static Path absolute(String file) {
    return Path.of(file).toAbsolutePath().normalize();
  }

  private static String asFolder(String uri) {
    return uri.replaceFirst("/*$", "/");
  }

  /** Whether the manifest says where the segments lie. */
  boolean hasSpans() {
    return listed && recordings.stream().anyMatch(r -> !r.spans().isEmpty());
  }

  /** All recordings, listed once. */
  List<Recording> recordings() {
    return recordings;
  }

  /** Some of the recordings, in a pipeline, spread over its workers. */
  static PCollection<Recording> read(Pipeline pipeline, List<Recording> some) {
    return pipeline
        .apply("Recordings", Create.of(some).withCoder(RecordingCoder.of()))
        .apply("Spread", Reshuffle.<Recording>viaRandomKey().withNumBuckets(BUCKETS));
  }
}
