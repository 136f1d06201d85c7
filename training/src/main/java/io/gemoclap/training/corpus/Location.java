package io.gemoclap.training.corpus;

import io.gemoclap.census.LocalNames;
import io.gemoclap.census.StoredFile;
import io.gemoclap.table.Table;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;

/** Files by path, or by URI of a Beam file system. */
final class Location {
  private Location() {}

  static boolean isLocal(String uri) {
    return LocalNames.isLocal(uri);
  }

  static SeekableByteChannel open(String uri) throws IOException {
    ReadableByteChannel channel = channel(uri);
    if (channel instanceof SeekableByteChannel seekable) {
      return seekable;
    }
    channel.close();
    throw new IOException("The file system of '" + uri + "' cannot seek; copy the corpus");
  }

  private static ReadableByteChannel channel(String uri) throws IOException {
    try {
      return StoredFile.of(uri).open();
    } catch (FileNotFoundException e) {
      throw new IOException("The file '" + uri + "' does not exist", e);
    } catch (IllegalArgumentException e) {
      throw new IOException("The file '" + uri + "' cannot be opened: " + e.getMessage(), e);
    }
  }

  /**
   * A text file as a whole, unpacked if its name ends in {@code .gz}, in an encoding that {@link
   * Table#text} recognizes.
   */
  static String text(String uri) throws IOException {
    byte[] bytes;
    try (InputStream in = new BufferedInputStream(Channels.newInputStream(channel(uri)))) {
      bytes = (uri.endsWith(".gz") ? new GZIPInputStream(in) : in).readAllBytes();
    }
    return Table.text(bytes);
  }

  /** What {@code path} means in the file {@code manifest}: relative paths start at its folder. */
  static String beside(String manifest, String path) {
    if (path.startsWith("/") || !isLocal(path) || LocalNames.isFileUri(path)) {
      return path;
    }
    if (LocalNames.isFileUri(manifest)) {
      return LocalNames.name(LocalNames.resolve(LocalNames.path(manifest).getParent(), path));
    }
    String folder = manifest.substring(0, manifest.lastIndexOf('/') + 1);
    return isLocal(manifest) ? LocalNames.normalized(folder + path) : folder + path;
  }

  /** Whether a local file exists. Remote files are not asked for: they fail when they are read. */
  static boolean maybeExists(String uri) {
    return !isLocal(uri) || Files.isRegularFile(LocalNames.path(uri));
  }
}
