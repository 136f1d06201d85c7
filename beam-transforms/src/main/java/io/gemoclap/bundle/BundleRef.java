package io.gemoclap.bundle;

import io.gemoclap.failure.SecretMask;
import java.io.Serializable;

/**
 * A bundle that a pipeline was built with: where it is, and which one it is. Immutable.
 *
 * <p>A pipeline is built with the id that {@link Bundles#resolve} finds, and workers use that
 * bundle or none: what the URI means may change while a job runs, the model must not.
 *
 * @param uri {@link Bundles#BUNDLED}, a local path, or a URI of a registered Beam file system
 * @param id the first 16 hex digits of the sha256 of the bundle's {@code gemoclap.json}
 */
public record BundleRef(String uri, String id) implements Serializable {

  /** The URI without its secrets, and the id. */
  @Override
  public String toString() {
    return SecretMask.of(uri) + " (" + id + ")";
  }
}
