package io.gemoclap.training.corpus;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.io.FileSystems;

/** Files by path, or by URI of a Beam file system. */
final class Location {
  private Location() {}

  static boolean isLocal(String uri) {
    return !uri.contains("://");
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
      return isLocal(uri)
          ? Files.newByteChannel(Path.of(uri))
          : FileSystems.open(FileSystems.matchNewResource(uri, false));
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new IOException("The file '" + uri + "' does not exist", e);
    }
  }

  /**
   * A text file as a whole, unpacked if its name ends in {@code .gz}. UTF-8, or Latin-1 where it is
   * no UTF-8, as in older corpora; without byte order mark.
   */
  static String text(String uri) throws IOException {
    byte[] bytes;
    try (InputStream in = new BufferedInputStream(Channels.newInputStream(channel(uri)))) {
      bytes = (uri.endsWith(".gz") ? new GZIPInputStream(in) : in).readAllBytes();
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      text = new String(bytes, StandardCharsets.ISO_8859_1);
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** What {@code path} means in the file {@code manifest}: relative paths start at its folder. */
  static String beside(String manifest, String path) {
    if (path.startsWith("/") || !isLocal(path)) {
      return path;
    }
    if (isLocal(manifest)) {
      return Path.of(manifest).resolveSibling(path).normalize().toString();
    }
    return manifest.substring(0, manifest.lastIndexOf('/') + 1) + path;
  }

  /** Whether a local file exists. Remote files are not asked for: they fail when they are read. */
  static boolean maybeExists(String uri) {
    return !isLocal(uri) || Files.isRegularFile(Path.of(uri));
  }
}
