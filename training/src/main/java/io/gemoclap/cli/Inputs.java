package io.gemoclap.cli;

import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;

/** What {@code --input} names: a manifest, a folder, a file or a pattern. */
final class Inputs {
  private static final int BUCKETS = 64;

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
   * @throws IOException when nothing is there, saying what was looked for
   */
  static Inputs of(String input) throws IOException {
    String lower = input.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".csv") || lower.endsWith(".jsonl")) {
      return new Inputs(input, true, Manifest.read(input));
    }
    String pattern = pattern(input);
    MatchResult match;
    try {
      match = FileSystems.match(pattern, EmptyMatchTreatment.ALLOW);
      if (match.metadata().isEmpty()) {
        throw new FileNotFoundException(pattern);
      }
    } catch (FileNotFoundException e) {
      throw new IOException("--input '" + input + "' matches no file", e);
    }
    return new Inputs(
        input,
        false,
        match.metadata().stream()
            .map(file -> file.resourceId().toString())
            .sorted()
            .map(Recording::file)
            .toList());
  }

  /** Whether a recording, or the manifest, lies in a local folder. */
  boolean liesIn(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    Stream<String> ids = recordings.stream().map(Recording::id);
    return (listed ? Stream.concat(Stream.of(input), ids) : ids)
        .filter(file -> !file.contains("://"))
        .anyMatch(file -> Path.of(file).toAbsolutePath().normalize().startsWith(root));
  }

  /** What matches all files of a local folder; other inputs as they are. */
  static String pattern(String input) {
    return isLocalFolder(input) ? input.replaceFirst("/+$", "") + "/**" : input;
  }

  private static boolean isLocalFolder(String input) {
    try {
      return Files.isDirectory(Path.of(input));
    } catch (InvalidPathException e) {
      return false;
    }
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
