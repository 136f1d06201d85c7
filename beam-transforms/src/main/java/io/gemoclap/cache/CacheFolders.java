package io.gemoclap.cache;

import io.gemoclap.failure.WorkerFaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * One root for everything that is cached on the local disk: model bundles, and the native code that
 * DJL (PyTorch, tokenizers) and JavaCPP (FFmpeg) unpack.
 *
 * <p>The root is the first of
 *
 * <ol>
 *   <li>the environment variable {@code GEMOCLAP_CACHE}, which then must be writable;
 *   <li>{@code ~/.cache/gemoclap}, if it can be written. DJL and JavaCPP then keep their own
 *       defaults, {@code ~/.djl.ai} and {@code ~/.javacpp}, which they share with other programs;
 *   <li>{@code gemoclap-cache-<user>} in the temporary folder ({@code java.io.tmpdir}), for this
 *       user alone.
 * </ol>
 *
 * <p>The libraries' own settings ({@code DJL_CACHE_DIR}, {@code ENGINE_CACHE_DIR}, {@code
 * org.bytedeco.javacpp.cachedir}) take precedence for what each of them unpacks. Thread-safe.
 *
 * @hidden
 */
@Internal
public final class CacheFolders {
  /** Name of the environment variable that sets the root. */
  public static final String VARIABLE = "GEMOCLAP_CACHE";

  private static final String DJL = "DJL_CACHE_DIR";
  private static final String DJL_ENGINE = "ENGINE_CACHE_DIR";
  private static final String JAVACPP = "org.bytedeco.javacpp.cachedir";

  private final Path root;
  private final boolean inHome;

  private CacheFolders(Path root, boolean inHome) {
    this.root = root;
    this.inHome = inHome;
  }

  /**
   * The folders of this process.
   *
   * @throws WorkerFaultException if no root can be written, naming what was tried and the setting
   */
  public static CacheFolders ofThisProcess() {
    return of(
        System.getenv(VARIABLE),
        System.getProperty("user.home", "?"),
        System.getProperty("java.io.tmpdir", "?"),
        System.getProperty("user.name", "?"));
  }

  static CacheFolders of(@Nullable String configured, String home, String temporary, String user) {
    if (configured != null && !configured.isBlank()) {
      Path root = Path.of(configured).toAbsolutePath();
      if (!isWritable(root)) {
        throw new WorkerFaultException(
            "The cache folder '%s' (%s) is not writable; set %s to a folder that is"
                .formatted(root, VARIABLE, VARIABLE));
      }
      return new CacheFolders(root, false);
    }
    // Java calls a home '?' where the user has none, as in containers.
    Path inHome = Path.of(home, ".cache", "gemoclap");
    if (inHome.isAbsolute() && isWritable(inHome)) {
      return new CacheFolders(inHome, true);
    }
    Path shared = Path.of(temporary, "gemoclap-cache-" + user.replaceAll("[^\\w.-]", "_"));
    if (!isOwn(shared)) {
      throw new WorkerFaultException(
          ("No folder for cached files is writable, neither below the user's home (%s) nor"
                  + " '%s' in the temporary folder; set %s to a folder that is")
              .formatted(home, shared, VARIABLE));
    }
    return new CacheFolders(shared, false);
  }

  private static boolean isWritable(Path folder) {
    try {
      return Files.isWritable(Files.createDirectories(folder));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Others can write in the temporary folder: native code must not be loaded from their folders.
   */
  private static boolean isOwn(Path folder) {
    try {
      if (!Files.exists(folder)) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Path probe = Files.createTempFile(folder, "probe", "");
      boolean own =
          Files.getOwner(probe).equals(Files.getOwner(folder))
              && Files.getPosixFilePermissions(folder)
                  .equals(PosixFilePermissions.fromString("rwx------"));
      Files.delete(probe);
      return own;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Where copies of model bundles are kept. */
  public Path bundles() {
    return root.resolve("bundles");
  }

  /**
   * Tells DJL and JavaCPP where to unpack native code, unless they have their own settings. To be
   * called before either of them is first used.
   */
  public void configureLibraries() {
    if (!inHome) {
      String djl = root.resolve("djl").toString();
      for (String property : List.of(DJL, DJL_ENGINE)) {
        if (System.getenv(property) == null && System.getenv(DJL) == null) {
          setDefault(property, djl);
        }
      }
      setDefault(JAVACPP, root.resolve("javacpp").toString());
    }
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** What is kept where, in words, by name. */
  public Map<String, String> describe() {
    String home = System.getProperty("user.home", "?");
    return Map.of(
        "bundles", bundles().toString(),
        "PyTorch", djl(home),
        "FFmpeg", System.getProperty(JAVACPP, home + "/.javacpp/cache"));
  }

  private static String djl(String home) {
    for (String setting : List.of(DJL_ENGINE, DJL)) {
      String value = System.getenv(setting);
      value = value == null ? System.getProperty(setting) : value;
      if (value != null) {
        return value;
      }
    }
    return home + "/.djl.ai";
  }
}
