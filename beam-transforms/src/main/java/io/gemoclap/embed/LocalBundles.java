package io.gemoclap.embed;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.gemoclap.cache.CacheFolders;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * Brings a bundle from any Beam file system, or from inside this library, to the local disk.
 *
 * <p>Copies are kept under their id in the folder for bundles of {@link CacheFolders} and verified
 * by digest before they appear and whenever they are opened. Local folders are used where they are.
 * Safe when several processes fetch at once: a copy appears whole or not at all.
 */
public final class LocalBundles {
  /** Names the bundle that ships inside this library, for any recordings. */
  public static final String BUNDLED = "bundled";

  /**
   * Names its twin for known voices: features standardised within each speaker or recording, of
   * which there should be about ten segments or more.
   */
  public static final String BUNDLED_NORMALIZED = "bundled-normalized";

  private static final Set<String> INSIDE = Set.of(BUNDLED, BUNDLED_NORMALIZED);
  private static final String RESOURCES = "/io/gemoclap/";

  private LocalBundles() {}

  /**
   * The local folder of a bundle.
   *
   * @param uri {@link #BUNDLED}, {@link #BUNDLED_NORMALIZED}, a local path, or a URI of a
   *     registered Beam file system
   * @throws IOException naming the bundle when it is missing or damaged
   */
  public static Path fetch(String uri) throws IOException {
    Path local = localFolder(uri);
    if (local != null) {
      return ModelBundle.open(local) == null ? null : local;
    }
    byte[] content = read(uri, ModelBundle.MANIFEST);
    Path target = CacheFolders.ofThisProcess().bundles().resolve(ModelBundle.id(content));
    if (!Files.isDirectory(target)) {
      copy(uri, content, target);
    }
    ModelBundle.open(target);
    return target;
  }

  /** Reads only a bundle's manifest. */
  public static ModelManifest manifest(String uri) throws IOException {
    return ModelBundle.parse(read(uri, ModelBundle.MANIFEST), uri + "/" + ModelBundle.MANIFEST);
  }

  /** The bundle's id, from its manifest alone. */
  public static String id(String uri) throws IOException {
    return ModelBundle.id(read(uri, ModelBundle.MANIFEST));
  }

  /** Whether a bundle ships inside this library. */
  static boolean isInside(String uri) {
    return INSIDE.contains(uri);
  }

  private static Path localFolder(String uri) {
    if (isInside(uri)) {
      return null;
    }
    ResourceId resource = FileSystems.matchNewResource(uri, true);
    return resource.getScheme().equals("file") ? Path.of(resource.toString()) : null;
  }

  private static void copy(String uri, byte[] manifest, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Path part = Files.createTempDirectory(target.getParent(), "part-");
    try {
      for (String name : ModelBundle.parse(manifest, uri).files().keySet()) {
        Path file = part.resolve(name).normalize();
        if (!file.startsWith(part)) {
          throw new IOException("Bundle '" + uri + "' names a file outside itself: " + name);
        }
        Files.createDirectories(file.getParent());
        try (InputStream in = open(uri, name)) {
          Files.copy(in, file);
        }
      }
      Files.write(part.resolve(ModelBundle.MANIFEST), manifest);
      verify(uri, part);
      Files.move(part, target);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      // Another process was faster; its copy is verified like ours.
      if (!Files.isDirectory(target)) {
        throw e;
      }
    } finally {
      if (Files.exists(part)) {
        MoreFiles.deleteRecursively(part, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    }
  }

  /** Or a bundle that is still being written would stay damaged here when it is whole there. */
  private static void verify(String uri, Path copy) throws IOException {
    try {
      ModelBundle unused = ModelBundle.open(copy);
    } catch (IOException e) {
      throw new IOException("The copy of bundle '" + uri + "' is not taken: " + e.getMessage(), e);
    }
  }

  private static byte[] read(String uri, String name) throws IOException {
    try (InputStream in = open(uri, name)) {
      return in.readAllBytes();
    }
  }

  private static InputStream open(String uri, String name) throws IOException {
    if (isInside(uri)) {
      String resource = RESOURCES + uri + "/" + name;
      InputStream in = LocalBundles.class.getResourceAsStream(resource);
      if (in == null) {
        throw new IOException("This build of the library lacks " + resource);
      }
      return in;
    }
    ResourceId folder = FileSystems.matchNewResource(uri, true);
    ResourceId file = folder;
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
          "'" + uri + "' is no model bundle: it has no " + name + "; name the folder that has one",
          e);
    }
  }
}
