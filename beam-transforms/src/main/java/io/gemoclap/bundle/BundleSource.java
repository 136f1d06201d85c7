package io.gemoclap.bundle;

import io.gemoclap.failure.SecretMask;
import io.gemoclap.model.ModelBundle;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * The files of a bundle where its URI has them: inside this library, in a local folder, or on a
 * remote file system.
 *
 * @param uri as of {@link BundleRef}
 */
record BundleSource(String uri) {
  static final Set<String> INSIDE = Set.of(Bundles.BUNDLED);
  private static final String RESOURCES = "/io/gemoclap/";

  boolean isInside() {
    return INSIDE.contains(uri);
  }

  /** The local folder that is used where it is; empty if files must be copied first. */
  Optional<Path> localFolder() {
    if (isInside()) {
      return Optional.empty();
    }
    ResourceId resource = FileSystems.matchNewResource(uri, true);
    return resource.getScheme().equals("file")
        ? Optional.of(Path.of(resource.toString()))
        : Optional.empty();
  }

  byte[] manifest() throws IOException {
    try (InputStream in = open(ModelBundle.MANIFEST)) {
      return in.readAllBytes();
    }
  }

  /**
   * Opens a file by its name in the manifest.
   *
   * @throws IOException naming the bundle if it has no such file
   */
  InputStream open(String name) throws IOException {
    return isInside() ? openInside(name) : openOutside(name);
  }

  private InputStream openInside(String name) throws IOException {
    String resource = RESOURCES + uri + "/" + name;
    InputStream in = BundleSource.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException("This build of the library lacks " + resource);
    }
    return in;
  }

  private InputStream openOutside(String name) throws IOException {
    ResourceId file = FileSystems.matchNewResource(uri, true);
    String[] steps = name.split("/", -1);
    for (int i = 0; i < steps.length; i++) {
      boolean last = i == steps.length - 1;
      file =
          file.resolve(
              steps[i],
              last
                  ? StandardResolveOptions.RESOLVE_FILE
                  : StandardResolveOptions.RESOLVE_DIRECTORY);
    }
    try {
      return Channels.newInputStream(FileSystems.open(file));
    } catch (FileNotFoundException e) {
      throw new IOException(
          "'%s' is not a model bundle: it has no %s; name the folder that has one"
              .formatted(SecretMask.of(uri), name),
          e);
    }
  }
}
