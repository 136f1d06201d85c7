package io.gemoclap;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Every class of this module, read from the folder that it was compiled to. */
final class LibraryClasses {
  private LibraryClasses() {}

  static List<Class<?>> all() {
    try {
      Path root =
          Path.of(AnnotateSpeech.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(root)) {
        return files
            .map(file -> root.relativize(file).toString())
            .filter(name -> name.startsWith("io") && name.endsWith(".class"))
            .filter(name -> !name.endsWith("-info.class"))
            .sorted()
            .<Class<?>>map(name -> load(name.substring(0, name.length() - ".class".length())))
            .toList();
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("The classes of the library cannot be listed", e);
    }
  }

  private static Class<?> load(String path) {
    try {
      return Class.forName(
          path.replace('/', '.').replace('\\', '.'), false, LibraryClasses.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
