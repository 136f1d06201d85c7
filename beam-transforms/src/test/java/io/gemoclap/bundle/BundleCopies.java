package io.gemoclap.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bundled model as a local folder that tests may damage. */
public final class BundleCopies {
  private BundleCopies() {}

  /** Copies the bundled model into a folder that does not exist yet. */
  public static Path of(String uri, Path folder) throws IOException {
    BundleSource source = new BundleSource(uri);
    for (String name : Bundles.manifest(uri).files().keySet()) {
      copy(source, name, folder);
    }
    copy(source, io.gemoclap.model.ModelBundle.MANIFEST, folder);
    return folder;
  }

  private static void copy(BundleSource source, String name, Path folder) throws IOException {
    Path target = folder.resolve(name);
    Files.createDirectories(target.getParent());
    try (InputStream in = source.open(name)) {
      Files.copy(in, target);
    }
  }
}
