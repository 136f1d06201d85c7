package io.gemoclap.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** The {@code gemoclap} command in its own JVM, as its users run it. */
public final class GemoclapProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Path TRAINING = Path.of("training", "target").toAbsolutePath();

  /** The jar for {@code flink run} and application mode. */
  static final Path FLINK_JAR = TRAINING.resolve("gemoclap-flink.jar");

  private final Process process;
  private final Path log;

  private GemoclapProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it small; both its streams go to a new file in a folder. */
  static GemoclapProcess start(Path folder, List<String> arguments) throws IOException {
    return start(
        folder, List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), arguments);
  }

  /** Starts it with options for its JVM; both its streams go to a new file in a folder. */
  public static GemoclapProcess start(Path folder, List<String> jvmOptions, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-Djava.io.tmpdir=" + folder);
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    command.addAll(List.of("-cp", classPath(), "io.gemoclap.cli.Gemoclap"));
    command.addAll(arguments);
    return start(folder, new ProcessBuilder(command));
  }

  /** Starts the jar for Flink by {@code flink run}. */
  static GemoclapProcess flinkRun(Path folder, FlinkCluster cluster, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(cluster.flinkRun(FLINK_JAR.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("FLINK_CONF_DIR", cluster.configurationFolder().toString());
    return start(folder, builder);
  }

  private static GemoclapProcess start(Path folder, ProcessBuilder builder) throws IOException {
    Path log = Files.createTempFile(folder, "gemoclap", ".log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    return new GemoclapProcess(builder.start(), log);
  }

  /** What the launcher runs with: our classes, Beam, Flink and the native libraries. */
  static String classPath() throws IOException {
    String libraries = Files.readString(TRAINING.resolve("classpath.txt")).strip();
    return TRAINING.resolve("classes") + ":" + libraries;
  }

  /** Waits until something holds, while the command runs. */
  void await(String what, Callable<Boolean> condition) throws Exception {
    Polling.until(what, LIMIT, () -> condition.call() || !process.isAlive(), this::printed);
    assertTrue(process.isAlive() || condition.call(), () -> "Before " + what + ": " + printed());
  }

  /** Waits for its end and returns what it printed; the status must be as expected. */
  String finish(int status) throws InterruptedException {
    boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    String output = printed();
    assertEquals(status, ended ? process.exitValue() : -1, output);
    return output;
  }

  /** The process, alive or ended. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** What it has printed so far. */
  public String printed() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
