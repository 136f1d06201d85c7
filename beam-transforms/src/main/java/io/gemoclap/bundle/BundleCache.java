package io.gemoclap.bundle;

import com.google.common.hash.Hashing;
import io.gemoclap.cache.CacheFolders;
import io.gemoclap.failure.SecretMask;
import io.gemoclap.failure.WorkerFaultException;
import io.gemoclap.model.ModelBundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of bundles on the local disk, each in a folder of its id.
 *
 * <p>A file is taken over only after its digest was verified, and by one atomic move; the manifest
 * comes last. So a copy that was left half-written, or was damaged later, is completed file by
 * file, and several processes may do so at once: whatever they put in place is the same.
 */
record BundleCache(Path root, VerifiedBundles verified) {
  private static final Logger LOG = LoggerFactory.getLogger(BundleCache.class);

  /**
   * The copy of a bundle. A complete copy is used even if its URI has changed, since its id says
   * that it is the right one; otherwise what is missing or damaged is fetched.
   *
   * @throws DifferentBundleException if files must be fetched, but the URI holds another bundle
   * @throws IOException if the bundle cannot be read, is damaged, or the cache cannot be written
   */
  ModelBundle open(BundleRef ref) throws IOException {
    Path folder = root.resolve(ref.id());
    if (Files.exists(folder.resolve(ModelBundle.MANIFEST))) {
      try {
        ModelBundle copy = verified.open(folder);
        if (copy.id().equals(ref.id())) {
          return copy;
        }
        LOG.warn(
            "The copy of bundle {} in {} has another manifest; fetching it again", ref, folder);
      } catch (IOException e) {
        LOG.warn(
            "Fetching damaged files of the copy of bundle {} in {} again: {}",
            ref,
            folder,
            e.getMessage());
      }
    }
    BundleSource source = new BundleSource(ref.uri());
    byte[] manifest = source.manifest();
    DifferentBundleException.unless(ref, ModelBundle.id(manifest));
    complete(folder, source, manifest);
    return verified.open(folder);
  }

  private void complete(Path folder, BundleSource source, byte[] manifest) throws IOException {
    String uri = source.uri();
    makeFolder(folder);
    Map<String, String> files = ModelBundle.parse(manifest, SecretMask.of(uri)).files();
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path target = folder.resolve(file.getKey()).normalize();
      if (!target.startsWith(folder) || target.equals(folder)) {
        throw new IOException(
            "Bundle '%s' lists a file outside its folder: %s"
                .formatted(SecretMask.of(uri), file.getKey()));
      }
      if (!isIntact(target, file.getValue())) {
        makeFolder(Objects.requireNonNull(target.getParent()));
        try (InputStream in = source.open(file.getKey())) {
          put(in, target, file.getValue(), uri);
        }
      }
    }
    String digest = Hashing.sha256().hashBytes(manifest).toString();
    put(new ByteArrayInputStream(manifest), folder.resolve(ModelBundle.MANIFEST), digest, uri);
  }

  private static boolean isIntact(Path file, String digest) throws IOException {
    try {
      return ModelBundle.sha256(file).equals(digest);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** A bundle that is still being written is not taken: it would stay damaged here. */
  private void put(InputStream content, Path target, String digest, String uri) throws IOException {
    // No temporary file of the JDK's: only its owner could read it, and a cache may be shared.
    Path part = root.resolve("part-" + UUID.randomUUID());
    try {
      Files.copy(content, part);
      String actual = ModelBundle.sha256(part);
      if (!actual.equals(digest)) {
        throw new IOException(
            ("Bundle '%s' is damaged: the sha256 of %s is %s, but its manifest says %s; copy the"
                    + " bundle there again")
                .formatted(SecretMask.of(uri), target.getFileName(), actual, digest));
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private IOException unwritable(IOException e) {
    String message =
        "Model bundles cannot be stored in '%s' (%s); set %s to a writable folder"
            .formatted(root, e, CacheFolders.VARIABLE);
    return new IOException(message, new WorkerFaultException(message, e));
  }
}
