package io.gemoclap.census;

import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * One file by its name, which is always literal: a path or {@code file:} URI of this machine as
 * {@link LocalNames} reads them, or a URI of a registered Beam file system. Immutable.
 *
 * @hidden
 */
@Internal
public final class StoredFile {
  @Nullable private final Path local;
  @Nullable private final ResourceId remote;

  private StoredFile(@Nullable Path local, @Nullable ResourceId remote) {
    this.local = local;
    this.remote = remote;
  }

  /**
   * A file, which need not exist.
   *
   * @throws IllegalArgumentException if the name cannot be that of a file, or no file system is
   *     registered for it
   */
  public static StoredFile of(String name) {
    return LocalNames.isLocal(name)
        ? of(LocalNames.path(name))
        : new StoredFile(null, FileSystems.matchNewResource(name, false));
  }

  /** A file of this machine. */
  public static StoredFile of(Path local) {
    return new StoredFile(local.toAbsolutePath().normalize(), null);
  }

  /** The path of a file of this machine; empty for a remote file. */
  public Optional<Path> path() {
    return Optional.ofNullable(local);
  }

  /**
   * Opens it for reading, at its first byte. Never waits for a pipe.
   *
   * @throws FileNotFoundException if it does not exist
   * @throws IOException if it cannot be opened, or is a folder, a pipe, a socket or a device
   */
  public ReadableByteChannel open() throws IOException {
    if (local == null) {
      return FileSystems.open(requireNonNull(remote));
    }
    try {
      BasicFileAttributes is = Files.readAttributes(local, BasicFileAttributes.class);
      if (!is.isRegularFile()) {
        throw new IOException(is.isDirectory() ? "it is a folder" : FolderWalk.SPECIAL_FILE);
      }
      return FileChannel.open(local, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw notFound(e);
    }
  }

  /**
   * Its size in bytes and time of change, by which a replaced file is noticed.
   *
   * @throws IOException if it does not exist or cannot be looked at
   */
  public String stamp() throws IOException {
    if (local == null) {
      Metadata file = RemoteListing.single(requireNonNull(remote).toString());
      return stamp(file.sizeBytes(), file.lastModifiedMillis());
    }
    BasicFileAttributes is = Files.readAttributes(local, BasicFileAttributes.class);
    return stamp(is.size(), is.lastModifiedTime().toMillis());
  }

  static String stamp(long sizeBytes, long lastModifiedMillis) {
    return sizeBytes + "@" + lastModifiedMillis;
  }

  private static FileNotFoundException notFound(NoSuchFileException cause) {
    FileNotFoundException e = new FileNotFoundException("it does not exist");
    e.initCause(cause);
    return e;
  }

  /** Its name. */
  @Override
  public String toString() {
    return local == null ? requireNonNull(remote).toString() : LocalNames.name(local);
  }
}
