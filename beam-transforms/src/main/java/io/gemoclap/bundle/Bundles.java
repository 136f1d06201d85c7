package io.gemoclap.bundle;

import io.gemoclap.cache.CacheFolders;
import io.gemoclap.failure.SecretMask;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Finds, fetches and verifies model bundles on any Beam file system, in local folders, or inside
 * this library.
 *
 * <p>Local folders are used where they are. Other bundles are copied to a folder of their id in
 * {@link CacheFolders}; several processes may share it, and a copy that is damaged is fetched
 * again. Digests are verified once in a JVM, and again after a file of the folder has changed.
 * Thread-safe.
 */
public final class Bundles {
  /** Names the bundle that ships inside this library. */
  public static final String BUNDLED = "bundled";

  private static volatile VerifiedBundles verified = new VerifiedBundles(ModelBundle::open);

  private Bundles() {}

  /**
   * Finds out which bundle a URI means now, from its manifest alone.
   *
   * @param uri {@link #BUNDLED}, a local path, or a URI of a registered Beam file system
   * @throws UncheckedIOException whose cause names the bundle, when there is none
   */
  public static BundleRef resolve(String uri) {
    try {
      return now(uri);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BundleRef now(String uri) throws IOException {
    return new BundleRef(uri, ModelBundle.id(new BundleSource(uri).manifest()));
  }

  /**
   * Reads the manifest of a bundle.
   *
   * @throws UncheckedIOException when the manifest is missing or cannot be used; with a {@link
   *     DifferentBundleException} as its cause when the URI holds another bundle
   */
  public static ModelManifest manifest(BundleRef ref) {
    try {
      byte[] content = new BundleSource(ref.uri()).manifest();
      DifferentBundleException.unless(ref, ModelBundle.id(content));
      return ModelBundle.parse(content, SecretMask.of(ref.uri()) + "/" + ModelBundle.MANIFEST);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the manifest of the bundle that a URI means now. */
  public static ModelManifest manifest(String uri) {
    return manifest(resolve(uri));
  }

  /**
   * A bundle on the local disk, verified.
   *
   * @throws DifferentBundleException when its URI holds another bundle, and there is no copy of the
   *     one that {@code ref} names
   * @throws IOException when it is missing or damaged, or cannot be copied
   */
  @Internal
  public static ModelBundle open(BundleRef ref) throws IOException {
    Optional<Path> local = new BundleSource(ref.uri()).localFolder();
    if (local.isPresent()) {
      ModelBundle bundle = verified.open(local.get());
      DifferentBundleException.unless(ref, bundle.id());
      return bundle;
    }
    return new BundleCache(CacheFolders.ofThisProcess().bundles(), verified).open(ref);
  }

  /** Forgets which folders were verified, and verifies by {@code opener} from now on. For tests. */
  static void verifyWith(VerifiedBundles.Opener opener) {
    verified = new VerifiedBundles(opener);
  }

  /** The bundle that a URI means now, on the local disk, verified. */
  @Internal
  public static ModelBundle open(String uri) throws IOException {
    return open(now(uri));
  }

  /** Whether a bundle ships inside this library. */
  public static boolean isInside(String uri) {
    return new BundleSource(uri).isInside();
  }
}
