package io.gemoclap.cli.annotate;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.census.Census;
import io.gemoclap.census.CensusEntry;
import io.gemoclap.census.LocalNames;
import io.gemoclap.cli.console.LocaleCheck;
import io.gemoclap.cli.console.WrongUsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;

/**
 * What {@code --input} names: a manifest, a folder, a file or a pattern.
 *
 * @param listed whether it is a manifest
 * @param names all names that were met, as of {@link Census}
 * @param remoteStamps size and time of change of files that are not local, by their ids; a manifest
 *     has none, as looking at each would take long
 */
record Inputs(
    String input,
    boolean listed,
    List<Recording> recordings,
    Set<String> names,
    List<CensusEntry> unreadable,
    Map<String, String> remoteStamps) {
  private static final int BUCKETS = 64;
  private static final int SHOWN = 10;
  private static final Pattern RESULT = Pattern.compile(".*\\.(json|jsonl|parquet)");
  private static final Pattern PLACE = Pattern.compile("([^:/]+://)([^/]*)(.*)");

  /**
   * Looks at the input before any job starts.
   *
   * @param output a folder of results; those in it are left out where it is in a folder of
   *     recordings
   * @throws IOException when nothing is there or it cannot be read, saying what was looked for
   */
  static Inputs of(String input, String output) throws IOException {
    if (RecordingManifest.isManifest(input)) {
      List<Recording> recordings = RecordingManifest.read(input);
      return new Inputs(
          input,
          true,
          recordings,
          recordings.stream().map(Recording::id).collect(toSet()),
          List.of(),
          Map.of());
    }
    Census census = census(input);
    List<CensusEntry> entries =
        census.entries().stream().filter(entry -> !isResult(entry.name(), output)).toList();
    if (entries.isEmpty()) {
      throw new IOException(
          "--input '" + input + "' matches no file" + LocaleCheck.remedyFor(input));
    }
    return new Inputs(
        input,
        false,
        entries.stream().map(Recording::of).toList(),
        census.names(),
        entries.stream().filter(entry -> !entry.isFile()).toList(),
        entries.stream()
            .filter(entry -> !isLocal(entry.name()))
            .collect(toMap(CensusEntry::name, CensusEntry::stamp, (one, other) -> other)));
  }

  private static Census census(String input) throws IOException {
    Census census;
    try {
      census = Census.of(input);
    } catch (IllegalArgumentException e) {
      String remedy =
          LocalNames.isLocal(input)
              ? ""
              : ". Build with GEMOCLAP_BUILD_OPTIONS=-Phdfs, -Ps3 or -Pgcs (docs/flink.md); hdfs://"
                  + " also needs HADOOP_CONF_DIR or --hdfsConfiguration";
      throw new IOException(
          "--input '%s' cannot be searched: %s%s".formatted(input, e.getMessage(), remedy), e);
    }
    if (census.entries().size() == 1 && !census.entries().get(0).isFile()) {
      CensusEntry only = census.entries().get(0);
      if (LocalNames.isLocal(input)
          && only.name().equals(LocalNames.name(LocalNames.path(input)))) {
        throw new IOException("--input '" + input + "': " + only.problem().orElseThrow());
      }
    }
    return census;
  }

  /** Whether a file is one of our results or Beam's temporary files, and not a recording. */
  private static boolean isResult(String file, String output) {
    return isBelow(file, output)
        && (file.contains("/.temp-beam") || RESULT.matcher(file).matches());
  }

  /**
   * The folder or pattern to watch.
   *
   * @throws WrongUsageException if there is no such folder, or results would be taken for
   *     recordings
   */
  static String watched(String input, List<String> outputs) {
    for (String output : outputs) {
      if (!output.startsWith(StreamingOptions.KAFKA) && isBelow(output, input)) {
        throw new WrongUsageException(
            ("--output '%s' is inside the watched folder '%s', so results would be read as"
                    + " recordings. Choose an output folder outside it")
                .formatted(output, input));
      }
    }
    if (isLocal(input) && !isLocalFolder(input) && !Census.isPattern(input)) {
      throw new WrongUsageException(
          "--watch needs a folder or a pattern, and '"
              + input
              + "' is neither: create the folder first");
    }
    return input;
  }

  /** Whether a recording, or the manifest, lies in a local folder. */
  boolean liesIn(Path folder) {
    Stream<String> ids = recordings.stream().map(Recording::id);
    return (listed ? Stream.concat(Stream.of(input), ids) : ids)
        .filter(Inputs::isLocal)
        .anyMatch(file -> absolute(file).startsWith(folder.toAbsolutePath().normalize()));
  }

  private static boolean isLocal(String uri) {
    return LocalNames.isLocal(uri);
  }

  private static boolean isLocalFolder(String input) {
    try {
      return isLocal(input) && Files.isDirectory(LocalNames.path(input));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether a file or folder lies in another folder, or is it. */
  static boolean isBelow(String file, String folder) {
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
    return LocalNames.path(file);
  }

  private static String asFolder(String uri) {
    return uri.replaceFirst("/*$", "/");
  }

  /** Whether the manifest says where the segments lie. */
  boolean hasSpans() {
    return listed && recordings.stream().anyMatch(r -> !r.spans().isEmpty());
  }

  /** The same input without some files, which are no recordings. */
  Inputs without(Set<String> files) {
    return new Inputs(
        input,
        listed,
        recordings.stream().filter(recording -> !files.contains(recording.id())).toList(),
        names,
        unreadable.stream().filter(entry -> !files.contains(entry.name())).toList(),
        remoteStamps);
  }

  /** The same input with other ids of its recordings, which become names of it too. */
  Inputs withRecordings(List<Recording> others) {
    Set<String> known = new HashSet<>(names);
    others.forEach(recording -> known.add(recording.id()));
    return new Inputs(input, listed, others, known, unreadable, remoteStamps);
  }

  /** Whether something has this name: a recording, a folder, or a link to what is listed. */
  boolean knows(String name) {
    return names.contains(name);
  }

  /** Says which entries cannot be read, the first of them by name; empty if there are none. */
  String problems() {
    StringBuilder text = new StringBuilder();
    if (!unreadable.isEmpty()) {
      text.append(
          "Of these, %s cannot be read and will be failures:%n".formatted(unreadable.size()));
    }
    for (CensusEntry entry : unreadable.subList(0, Math.min(unreadable.size(), SHOWN))) {
      text.append("  %s: %s%n".formatted(entry.name(), entry.problem().orElseThrow()));
    }
    return text.append(unreadable.size() > SHOWN ? "  ...\n" : "").toString();
  }

  /** Some of the recordings, in a pipeline, spread over its workers. */
  static PCollection<Recording> read(Pipeline pipeline, List<Recording> some) {
    return pipeline
        .apply("Recordings", Create.of(some).withCoder(RecordingCoder.of()))
        .apply("Spread", Reshuffle.<Recording>viaRandomKey().withNumBuckets(BUCKETS));
  }
}
