package io.gemoclap.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Reads local files, and fails on the way: {@code faulty://<fault>/<path>} names the {@link Fault}.
 */
public final class FaultyFileSystem extends FileSystem<FaultyFileSystem.Name> {
  private static final String SCHEME = "faulty";

  /** Where a file fails, and how. */
  public enum Fault {
    NONE,
    OPEN_UNCHECKED,
    OPEN_TOO_MANY_FILES,
    READ_IO,
    READ_UNCHECKED,
    READ_DISK_FULL,
    READ_LINKAGE,
    CLOSE_IO,
    CLOSE_UNCHECKED;

    /** The URI of a local file that fails so. */
    public String uri(Path file) {
      return SCHEME + "://" + name().toLowerCase(Locale.ROOT) + file.toAbsolutePath();
    }
  }

  /** Registers the file system with Beam. */
  public static final class Registrar implements FileSystemRegistrar {
    @Override
    public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
      return List.of(new FaultyFileSystem());
    }
  }

  /** A file by its URI. */
  public record Name(String uri) implements ResourceId {
    @Override
    public ResourceId resolve(String other, ResolveOptions options) {
      return new Name(uri + "/" + other);
    }

    @Override
    public ResourceId getCurrentDirectory() {
      return new Name(uri.substring(0, uri.lastIndexOf('/')));
    }

    @Override
    public String getScheme() {
      return SCHEME;
    }

    @Override
    public String getFilename() {
      return uri.substring(uri.lastIndexOf('/') + 1);
    }

    @Override
    public boolean isDirectory() {
      return false;
    }

    @Override
    public String toString() {
      return uri;
    }

    Fault fault() {
      return Fault.valueOf(uri.split("/", -1)[2].toUpperCase(Locale.ROOT));
    }

    Path path() {
      return Path.of(uri.substring(uri.indexOf('/', SCHEME.length() + 3)));
    }
  }

  @Override
  protected ReadableByteChannel open(Name name) throws IOException {
    switch (name.fault()) {
      case OPEN_UNCHECKED -> throw new IllegalStateException("no such bucket");
      case OPEN_TOO_MANY_FILES -> throw new IOException(name + " (Too many open files)");
      default -> {
        return new Channel(name.fault(), Files.newByteChannel(name.path()));
      }
    }
  }

  private static final class Channel implements SeekableByteChannel {
    private final Fault fault;
    private final SeekableByteChannel file;

    Channel(Fault fault, SeekableByteChannel file) {
      this.fault = fault;
      this.file = file;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      switch (fault) {
        case READ_IO -> throw new IOException("Connection reset");
        case READ_UNCHECKED -> throw new IllegalStateException("no such block");
        case READ_DISK_FULL -> throw new IOException("No space left on device");
        case READ_LINKAGE -> throw new NoClassDefFoundError("org/example/Codec");
        default -> {
          return file.read(into);
        }
      }
    }

    @Override
    public int write(ByteBuffer from) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      file.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
      switch (fault) {
        case CLOSE_IO -> throw new IOException("Connection reset while closing");
        case CLOSE_UNCHECKED -> throw new IllegalStateException("already closed");
        default -> {}
      }
    }
  }

  @Override
  protected Name matchNewResource(String name, boolean directory) {
    return new Name(name);
  }

  @Override
  protected String getScheme() {
    return SCHEME;
  }

  @Override
  protected List<MatchResult> match(List<String> names) throws IOException {
    List<MatchResult> results = new ArrayList<>();
    for (String uri : names) {
      Name name = new Name(uri);
      results.add(
          MatchResult.create(
              MatchResult.Status.OK,
              List.of(
                  MatchResult.Metadata.builder()
                      .setResourceId(name)
                      .setSizeBytes(Files.size(name.path()))
                      .setIsReadSeekEfficient(true)
                      .build())));
    }
    return results;
  }

  @Override
  protected WritableByteChannel create(Name name, CreateOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void copy(List<Name> from, List<Name> to) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void rename(List<Name> from, List<Name> to, MoveOptions... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void delete(Collection<Name> names) {
    throw new UnsupportedOperationException();
  }
}
