package io.gemoclap.census;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.MatchResult.Status;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;

/** Objects in memory under {@code shelf://}, matched as Beam's object stores match them. */
public final class ShelfFileSystem extends FileSystem<ShelfFileSystem.Name>
    implements FileSystemRegistrar {
  static final Map<String, byte[]> OBJECTS = new ConcurrentSkipListMap<>();

  @Override
  public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
    return List.of(this);
  }

  @Override
  protected List<MatchResult> match(List<String> specs) {
    return specs.stream().map(ShelfFileSystem::matchOne).toList();
  }

  private static MatchResult matchOne(String spec) {
    String regex =
        spec.replaceAll("[.(){}+^$|\\\\]", "\\\\$0")
            .replace("**", "\u0000")
            .replace("*", "[^/]*")
            .replace("\u0000", ".*")
            .replace("?", "[^/]");
    Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
    List<Metadata> found =
        OBJECTS.entrySet().stream()
            .filter(object -> pattern.matcher(object.getKey()).matches())
            .map(
                object ->
                    Metadata.builder()
                        .setResourceId(new Name(object.getKey()))
                        .setSizeBytes(object.getValue().length)
                        .setIsReadSeekEfficient(true)
                        .build())
            .toList();
    return found.isEmpty()
        ? MatchResult.create(Status.NOT_FOUND, new FileNotFoundException(spec))
        : MatchResult.create(Status.OK, found);
  }

  @Override
  protected WritableByteChannel create(Name name, CreateOptions options) {
    return Channels.newChannel(
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            OBJECTS.put(name.uri(), toByteArray());
          }
        });
  }

  @Override
  protected ReadableByteChannel open(Name name) throws IOException {
    byte[] bytes = OBJECTS.get(name.uri());
    if (bytes == null && name.uri().startsWith("shelf://s3-like/")) {
      // Beam's file system for S3 lets the unchecked exception of the client through.
      throw new IllegalStateException("NoSuchKey: " + name.uri());
    }
    if (bytes == null) {
      throw new FileNotFoundException(name.uri());
    }
    return Channels.newChannel(new ByteArrayInputStream(bytes));
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
    names.forEach(name -> OBJECTS.remove(name.uri()));
  }

  @Override
  protected Name matchNewResource(String uri, boolean isDirectory) {
    return new Name(isDirectory && !uri.endsWith("/") ? uri + "/" : uri);
  }

  @Override
  protected String getScheme() {
    return "shelf";
  }

  /** The name of an object. */
  public record Name(String uri) implements ResourceId {
    @Override
    public ResourceId resolve(String other, ResolveOptions options) {
      return new Name(
          uri + other + (options == StandardResolveOptions.RESOLVE_DIRECTORY ? "/" : ""));
    }

    @Override
    public ResourceId getCurrentDirectory() {
      return new Name(uri.substring(0, uri.lastIndexOf('/') + 1));
    }

    @Override
    public String getScheme() {
      return "shelf";
    }

    @Override
    public String getFilename() {
      return uri.substring(uri.lastIndexOf('/') + 1);
    }

    @Override
    public boolean isDirectory() {
      return uri.endsWith("/");
    }

    @Override
    public String toString() {
      return uri;
    }
  }
}
