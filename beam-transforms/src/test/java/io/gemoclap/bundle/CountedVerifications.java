package io.gemoclap.bundle;

import io.gemoclap.model.ModelBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lists the folders whose digests this JVM verifies while it is open. One test at a time. */
public final class CountedVerifications implements AutoCloseable {
  private final List<Path> folders = Collections.synchronizedList(new ArrayList<>());

  private CountedVerifications() {}

  /** Forgets earlier verifications. */
  public static CountedVerifications install() {
    CountedVerifications counted = new CountedVerifications();
    Bundles.verifyWith(
        folder -> {
          counted.folders.add(folder);
          return ModelBundle.open(folder);
        });
    return counted;
  }

  /** One entry for each verification. */
  public List<Path> folders() {
    return List.copyOf(folders);
  }

  @Override
  public void close() {
    Bundles.verifyWith(ModelBundle::open);
  }
}
