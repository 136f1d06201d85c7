package io.gemoclap.export;

import com.google.common.base.Splitter;
import io.gemoclap.census.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a corpus, on any Beam file system. Files are named relative to it, with "/" between
 * folders. Thread-safe, as far as the file system is.
 *
 * @param uri path, or URI of a registered Beam file system
 */
record CorpusFolder(String uri) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Marks of finished shards, and parts of manifests. Hugging Face skips names with a dot. */
  static final String WORK = ".export";

  ResourceId file(String name) {
    ResourceId file = FileSystems.matchNewResource(uri, true);
    for (Iterator<String> steps = Splitter.on('/').split(name).iterator(); steps.hasNext(); ) {
      String step = steps.next();
      file =
          file.resolve(
              step,
              steps.hasNext()
                  ? StandardResolveOptions.RESOLVE_DIRECTORY
                  : StandardResolveOptions.RESOLVE_FILE);
    }
    return file;
  }

  /**
   * Writes a file, replacing an older one.
   *
   * @throws IOException naming the folder, if it cannot be written to
   */
  OutputStream create(String name, String mimeType) throws IOException {
    try {
      return Channels.newOutputStream(FileSystems.create(file(name), mimeType));
    } catch (IOException e) {
      throw new IOException(
          "'%s' cannot be written in '%s' (%s). Choose a folder that the workers may write to"
              .formatted(name, uri, e.getMessage()),
          e);
    }
  }

  void write(String name, String mimeType, String text) throws IOException {
    try (OutputStream out = create(name, mimeType)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  InputStream open(String name) throws IOException {
    return Channels.newInputStream(FileSystems.open(file(name)));
  }

  /** A text file; null if there is none. */
  @Nullable String read(String name) throws IOException {
    try {
      // Looked up first: S3 throws something else if a file is opened that does not exist.
      StoredFile.of(file(name).toString()).stamp();
    } catch (FileNotFoundException | NoSuchFileException e) {
      return null;
    }
    try (InputStream in = open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Copies a file of this machine into the folder. */
  void copy(Path from, String name, String mimeType) throws IOException {
    try (OutputStream out = create(name, mimeType)) {
      Files.copy(from, out);
    }
  }
}
