package io.gemoclap.training.run;

import com.google.common.base.Splitter;
import io.gemoclap.process.ChildJvm;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The JVM of one {@link FoldWorker}. Killed when the thread that waits for it is interrupted; its
 * standard input ends when this process dies.
 *
 * @param arguments of the worker
 * @param memory largest heap, as of {@code -Xmx}
 * @param log file for all that it prints
 */
record FoldProcess(List<String> arguments, String memory, Path log) {
  private static final List<String> INHERITED =
      List.of(
          "java.io.tmpdir",
          "org.bytedeco.javacpp.maxPhysicalBytes",
          "org.slf4j.simpleLogger.defaultLogLevel",
          "ai.djl.pytorch.num_threads",
          "ai.djl.offline");

  /**
   * Runs it.
   *
   * @param meanwhile called about every second while it runs, in the caller's thread
   * @return exit status; above 128, 128 and the number of the signal that killed it
   */
  int run(Runnable meanwhile) throws IOException, InterruptedException {
    Files.createDirectories(log.getParent());
    ProcessBuilder builder =
        new ProcessBuilder(
            ChildJvm.command(
                FoldWorker.class,
                List.of("-Xmx" + memory, "-XX:+ExitOnOutOfMemoryError"),
                INHERITED,
                classPath(),
                arguments));
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

  /** The class path of this process and, on a cluster, the jars of the job. */
  private static Set<String> classPath() {
    Set<String> urls = new LinkedHashSet<>();
    if (FoldWorker.class.getClassLoader() instanceof URLClassLoader loader) {
      for (URL url : loader.getURLs()) {
        urls.add(url.toString());
      }
    }
    String own = System.getProperty("java.class.path");
    for (String entry : Splitter.on(File.pathSeparatorChar).omitEmptyStrings().split(own)) {
      urls.add(Path.of(entry).toUri().toString());
    }
    return urls;
  }

  /** The last line of a log that says something: what went wrong, after a failure. */
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
