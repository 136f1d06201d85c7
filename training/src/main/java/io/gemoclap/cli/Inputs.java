package io.gemoclap.cli;

import io.gemoclap.audio.Recording;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/** What {@code --input} names: a manifest, a folder, a file or a pattern. */
final class Inputs {
  private static final int BUCKETS = 64;

  private final String pattern;
  private final List<Recording> manifest;
  private final Set<String> files;

  private Inputs(String pattern, List<Recording> manifest, Set<String> files) {
    this.pattern = pattern;
    this.manifest = manifest;
    this.files = files;
  }

  /**
   * Looks at the input before any job starts.
   *
   * @throws IOException when nothing is there, saying what was looked for
   */
  static Inputs of(String input) throws IOException {
    String lower = input.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".csv") || lower.endsWith(".jsonl")) {
      List<Recording> manifest = Manifest.read(input);
      Set<String> files = manifest.stream().map(Recording::id).collect(Collectors.toSet());
      files.add(input);
      return new Inputs(null, manifest, files);
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
        pattern,
        null,
        match.metadata().stream()
            .map(file -> file.resourceId().toString())
            .collect(Collectors.toSet()));
  }

  /** Whether a recording, or the manifest, lies in a local folder. */
  boolean liesIn(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    return files.stream()
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
    return manifest != null && manifest.stream().anyMatch(r -> !r.spans().isEmpty());
  }

  PCollection<Recording> read(Pipeline pipeline) {
    TypeDescriptor<Recording> type = TypeDescriptor.of(Recording.class);
    PCollection<Recording> recordings =
        manifest == null
            ? pipeline
                .apply("Match", FileIO.match().filepattern(pattern))
                .apply(
                    "List",
                    FileIO.readMatches()
                        .withCompression(org.apache.beam.sdk.io.Compression.UNCOMPRESSED))
                .apply("Name", MapElements.into(type).via(Recording::file))
            : pipeline.apply("Manifest", Create.of(manifest));
    return recordings.apply("Spread", Reshuffle.<Recording>viaRandomKey().withNumBuckets(BUCKETS));
  }
}
