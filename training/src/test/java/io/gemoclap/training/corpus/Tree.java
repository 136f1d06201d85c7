package io.gemoclap.training.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A corpus in miniature: real names and label files, audio without content. */
record Tree(Path root) {
  Tree empty(String... names) throws IOException {
    for (String name : names) {
      write(name, "");
    }
    return this;
  }

  Tree write(String name, String... lines) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines));
    return this;
  }

  String path(String name) {
    return root.resolve(name).toString();
  }
}
