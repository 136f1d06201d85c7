package io.gemoclap.cli.flink;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The jars that a job stages on a Flink cluster: this process's class path without the jars in the
 * cluster's {@code lib} folder, and without those that no job uses.
 *
 * <p>That is Flink itself, and all that loads native libraries: a JVM binds those to one class
 * loader, whereas each job has its own.
 */
final class StagedJars {
  private static final List<String> PROVIDED =
      List.of("org/apache/flink/", "ai/djl/", "org/bytedeco/", "pytorch/", "jnilib/");

  /** Only gemoclap review uses these, and never on a cluster. */
  private static final List<String> OF_REVIEW =
      List.of("org/duckdb/", "org/eclipse/jetty/", "org/apache/lucene/");

  private StagedJars() {}

  /** The jars and folders of a class path that a job must bring along, in their order. */
  static List<String> of(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator))
        .map(File::new)
        .filter(File::exists)
        .filter(entry -> entry.isDirectory() || !isLeftOut(entry))
        .map(File::getPath)
        .toList();
  }

  private static boolean isLeftOut(File jar) {
    try (JarFile content = new JarFile(jar)) {
      return content.stream()
          .map(ZipEntry::getName)
          .anyMatch(
              name ->
                  PROVIDED.stream().anyMatch(name::startsWith)
                      || OF_REVIEW.stream().anyMatch(name::startsWith));
    } catch (IOException e) {
      throw new UncheckedIOException("'" + jar + "' on the class path cannot be read", e);
    }
  }
}
