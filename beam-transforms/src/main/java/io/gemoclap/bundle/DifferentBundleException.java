package io.gemoclap.bundle;

import io.gemoclap.failure.SecretMask;
import java.io.IOException;

/** A URI holds another bundle than the one that the pipeline was built with. */
public final class DifferentBundleException extends IOException {
  private static final long serialVersionUID = 1L;

  DifferentBundleException(BundleRef expected, String found) {
    super(
        ("Bundle '%s' is model %s here, but the job was built with model %s. Put model %s back"
                + " under this URI, or start the job again to use model %s.")
            .formatted(SecretMask.of(expected.uri()), found, expected.id(), expected.id(), found));
  }

  /** Throws unless the bundle that was found is the expected one. */
  static void unless(BundleRef expected, String found) throws DifferentBundleException {
    if (!found.equals(expected.id())) {
      throw new DifferentBundleException(expected, found);
    }
  }
}
