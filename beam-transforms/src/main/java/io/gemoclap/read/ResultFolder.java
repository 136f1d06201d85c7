package io.gemoclap.read;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.gemoclap.census.RemoteListing;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * The files that lie directly in a folder of results, on any Beam file system. Thread-safe, as far
 * as the file system is.
 *
 * @param uri path, or URI of a registered Beam file system
 * @hidden
 */
@Internal
public record ResultFolder(String uri) {
  private static final String TEMPORARY = ".temp-beam";

  /** Whether it is a folder of this machine, named by its path. */
  public boolean isLocal() {
    return !uri.contains("://");
  }

  /** Names of the files, sorted; none if the folder does not exist. */
  public List<String> names() throws IOException {
    if (isLocal()) {
      // Listed, not matched: a path may hold what a pattern gives a meaning.
      if (!Files.isDirectory(Path.of(uri))) {
        return List.of();
      }
      try (Stream<Path> files = Files.list(Path.of(uri))) {
        return files.map(file -> file.getFileName().toString()).sorted().toList();
      }
    }
    String pattern = uri.replaceFirst("/+$", "") + "/*";
    return RemoteListing.match(pattern).stream()
        .map(file -> file.resourceId().getFilename())
        .sorted()
        .toList();
  }

  /** Opens a text file of the folder. */
  public BufferedReader read(String name) throws IOException {
    return new BufferedReader(
        Channels.newReader(FileSystems.open(file(name)), StandardCharsets.UTF_8));
  }

  /**
   * Writes a text file atomically, replacing an older one. Of several writers at once, the last
   * one's text stays.
   */
  public void replace(String name, String text) throws IOException {
    ResourceId written = file(temporary(name));
    try {
      write(written, text);
      FileSystems.rename(
          List.of(written), List.of(file(name)), StandardMoveOptions.IGNORE_MISSING_FILES);
    } catch (IOException | RuntimeException e) {
      try {
        FileSystems.delete(List.of(written), StandardMoveOptions.IGNORE_MISSING_FILES);
      } catch (IOException | RuntimeException other) {
        e.addSuppressed(other);
      }
      throw e;
    }
  }

  /** A hidden name for a file that becomes {@code name}, which no other process uses. */
  public static String temporary(String name) {
    return "." + name + "." + UUID.randomUUID() + ".new";
  }

  private static void write(ResourceId file, String text) throws IOException {
    try (WritableByteChannel channel = FileSystems.create(file, "application/json")) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  /** Deletes files of the folder; ignores those that do not exist. */
  public void delete(List<String> names) throws IOException {
    FileSystems.delete(
        names.stream().map(this::file).toList(), StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Deletes what Beam's file sinks have left of a job that was killed; no job may be running. */
  public void deleteTemporaryFiles() throws IOException {
    if (!isLocal()) {
      String folders = uri.replaceFirst("/+$", "") + "/" + TEMPORARY + "*";
      for (String pattern : List.of(folders + "/*", folders)) {
        FileSystems.delete(
            RemoteListing.match(pattern).stream().map(MatchResult.Metadata::resourceId).toList(),
            StandardMoveOptions.IGNORE_MISSING_FILES);
      }
      return;
    }
    for (String name : names()) {
      if (name.startsWith(TEMPORARY)) {
        MoreFiles.deleteRecursively(Path.of(uri, name), RecursiveDeleteOption.ALLOW_INSECURE);
      }
    }
  }

  @Override
  public String toString() {
    return uri;
  }

  /** A file of the folder, whether it exists or not. */
  ResourceId file(String name) {
    return FileSystems.matchNewResource(uri, true)
        .resolve(name, StandardResolveOptions.RESOLVE_FILE);
  }
}
