package io.gemoclap.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Builds the command lines of JVMs that run one class of this process. Thread-safe.
 *
 * @hidden
 */
@Internal
public final class ChildJvm {
  private static final Map<Set<String>, Path> JARS = new HashMap<>();

  private ChildJvm() {}

  /**
   * The command line of a class.
   *
   * @param main the class, whose {@code main} method the JVM calls
   * @param options of the JVM
   * @param inherited names of system properties that have the same values in the child, if they are
   *     set in this process
   * @param classPath URLs of jars and folders
   * @param arguments of the class
   * @throws IOException if the folder for temporary files cannot be written
   */
  public static List<String> command(
      Class<?> main,
      List<String> options,
      List<String> inherited,
      Set<String> classPath,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    for (String property : inherited) {
      if (System.getProperty(property) != null) {
        command.add("-D" + property + "=" + System.getProperty(property));
      }
    }
    command.addAll(List.of("-cp", jar(classPath).toString(), main.getName()));
    command.addAll(arguments);
    return command;
  }

  /**
   * A jar whose manifest lists the class path: Flink keeps jars in folders with a colon in their
   * name, which would part a plain one.
   */
  private static synchronized Path jar(Set<String> classPath) throws IOException {
    Path jar = JARS.get(classPath);
    if (jar == null || !Files.exists(jar)) {
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
      manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", classPath));
      jar = Files.createTempFile("gemoclap-child", ".jar");
      jar.toFile().deleteOnExit();
      new JarOutputStream(Files.newOutputStream(jar), manifest).close();
      JARS.put(Set.copyOf(classPath), jar);
    }
    return jar;
  }
}
