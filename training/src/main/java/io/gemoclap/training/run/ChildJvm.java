package io.gemoclap.training.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of our own class path that runs one class to its end. Killed when the thread that waits for
 * it is interrupted; its standard input ends when this process dies.
 */
final class ChildJvm {
  private final Class<?> main;
  private final List<String> arguments;
  private final String memory;
  private final Path log;

  /**
   * @param memory largest heap, as of {@code -Xmx}
   * @param log file for all that it prints
   */
  ChildJvm(Class<?> main, List<String> arguments, String memory, Path log) {
    this.main = main;
    this.arguments = arguments;
    this.memory = memory;
    this.log = log;
  }

  /**
   * Runs it.
   *
   * @param meanwhile called about every second while it runs, in the caller's thread
   * @return exit status; above 128, 128 and the number of the signal that killed it
   */
  int run(Runnable meanwhile) throws IOException, InterruptedException {
    Files.createDirectories(log.getParent());
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
    builder.environment().putIfAbsent("TORCH_CPP_LOG_LEVEL", "ERROR");
    Process process = builder.start();
    try {
      while (!process.waitFor(1, TimeUnit.SECONDS)) {
        meanwhile.run();
      }
      return process.exitValue();
    } finally {
      process.destroy();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + memory);
    command.add("-XX:+ExitOnOutOfMemoryError");
    for (String property :
        List.of(
            "java.io.tmpdir",
            "org.bytedeco.javacpp.maxPhysicalBytes",
            "org.slf4j.simpleLogger.defaultLogLevel",
            "ai.djl.pytorch.num_threads",
            "ai.djl.offline")) {
      if (System.getProperty(property) != null) {
        command.add("-D" + property + "=" + System.getProperty(property));
      }
    }
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(arguments);
    return command;
  }

  /** The JVM's class path and, on a cluster, the jars of the job. */
  private String classPath() {
    List<String> entries = new ArrayList<>();
    if (main.getClassLoader() instanceof URLClassLoader loader) {
      for (URL url : loader.getURLs()) {
        try {
          entries.add(Path.of(url.toURI()).toString());
        } catch (URISyntaxException e) {
          throw new IllegalStateException("The job's jar " + url + " is not a local file", e);
        }
      }
    }
    entries.add(System.getProperty("java.class.path"));
    return String.join(System.getProperty("path.separator"), entries);
  }

  /** The last line of a log that is not blank: the reason, after a failure. */
  static String lastWords(Path log) throws IOException {
    String last = "it printed nothing";
    if (!Files.exists(log)) {
      return "it did not start";
    }
    try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line.isBlank() || line.startsWith("\tat ") ? last : line.strip();
      }
    }
    return last;
  }
}
