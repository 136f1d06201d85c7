package io.gemoclap.bundle;

import io.gemoclap.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Local bundle folders whose digests were verified in this JVM. A folder is verified again once the
 * size or the modification time of one of its files has changed.
 *
 * <p>Thread-safe: threads that ask for the same folder wait for one verification, and no others do.
 */
final class VerifiedBundles {
  private final Opener opener;
  private final Map<Path, Entry> entries = new ConcurrentHashMap<>();

  /** Opens and verifies a folder, as {@link ModelBundle#open}. */
  @FunctionalInterface
  interface Opener {
    ModelBundle open(Path folder) throws IOException;
  }

  VerifiedBundles(Opener opener) {
    this.opener = opener;
  }

  /**
   * The bundle of a folder as it is now.
   *
   * @throws IOException as {@link ModelBundle#open}; the next caller verifies again
   */
  ModelBundle open(Path folder) throws IOException {
    Entry entry = entries.computeIfAbsent(folder.toAbsolutePath().normalize(), f -> new Entry());
    synchronized (entry) {
      ModelBundle known = entry.bundle;
      if (known != null && entry.stamps.equals(stampsOrNone(known))) {
        return known;
      }
      entry.bundle = null;
      ModelBundle opened = opener.open(folder);
      entry.stamps = stamps(opened);
      entry.bundle = opened;
      return opened;
    }
  }

  private static Map<String, Stamp> stampsOrNone(ModelBundle bundle) {
    try {
      return stamps(bundle);
    } catch (IOException e) {
      return Map.of();
    }
  }

  private static Map<String, Stamp> stamps(ModelBundle bundle) throws IOException {
    Map<String, Stamp> stamps = new TreeMap<>();
    stamps.put(ModelBundle.MANIFEST, Stamp.of(bundle.folder().resolve(ModelBundle.MANIFEST)));
    for (String name : bundle.manifest().files().keySet()) {
      stamps.put(name, Stamp.of(bundle.folder().resolve(name)));
    }
    return stamps;
  }

  private record Stamp(long size, FileTime modified) {
    static Stamp of(Path file) throws IOException {
      return new Stamp(Files.size(file), Files.getLastModifiedTime(file));
    }
  }

  private static final class Entry {
    private @Nullable ModelBundle bundle;
    private Map<String, Stamp> stamps = Map.of();
  }
}
