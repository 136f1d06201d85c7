package io.gemoclap.bundle;

import java.nio.file.Path;

/** Where copies of bundles are kept. */
final class CacheFolder {
  /** The environment variable that names the folder. */
  static final String VARIABLE = "GEMOCLAP_CACHE";

  private CacheFolder() {}

  /** {@code $GEMOCLAP_CACHE}, or {@code ~/.cache/gemoclap/bundles} without it. */
  static Path bundles() {
    String configured = System.getenv(VARIABLE);
    return configured == null
        ? Path.of(System.getProperty("user.home"), ".cache", "gemoclap", "bundles")
        : Path.of(configured);
  }
}
