package io.gemoclap.bundle;

import com.google.common.base.Throwables;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.gemoclap.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Local bundle folders whose digests were verified in this JVM. A folder is verified again once the
 * size or the modification time of one of its files has changed.
 *
 * <p>Thread-safe: threads that ask for the same folder wait for one verification, and no others do.
 */
final class VerifiedBundles {
  private static final int KEPT = 16;

  private final Opener opener;
  private final Cache<State, ModelBundle> bundles =
      CacheBuilder.newBuilder().maximumSize(KEPT).build();

  /** Opens and verifies a folder, as {@link ModelBundle#open}. */
  @FunctionalInterface
  interface Opener {
    ModelBundle open(Path folder) throws IOException;
  }

  private record Stamp(long size, FileTime modified) {}

  /** A folder with the stamps of all of its files. */
  private record State(Path folder, Map<Path, Stamp> stamps) {
    static State of(Path folder) throws IOException {
      Map<Path, Stamp> stamps = new HashMap<>();
      if (Files.exists(folder.resolve(ModelBundle.MANIFEST))) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : (Iterable<Path>) files::iterator) {
            stamps.put(file, new Stamp(Files.size(file), Files.getLastModifiedTime(file)));
          }
        }
      }
      return new State(folder, stamps);
    }
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
    State now = State.of(folder.toAbsolutePath().normalize());
    try {
      return bundles.get(now, () -> opener.open(folder));
    } catch (ExecutionException | UncheckedExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      Throwables.throwIfInstanceOf(cause, IOException.class);
      Throwables.throwIfUnchecked(cause);
      throw new IllegalStateException(e);
    }
  }
}
