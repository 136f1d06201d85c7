package io.gemoclap.model.weights;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The checkpoints that {@code oracle/make-checkpoints.py} wrote. */
final class CheckpointFiles {
  private CheckpointFiles() {}

  static Path path(String name) {
    try {
      return Path.of(CheckpointFiles.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
