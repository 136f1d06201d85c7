package io.gemoclap.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code gemoclap} command in a JVM of its own, as its users run it. */
public final class GemoclapProcess implements AutoCloseable {
  private static final long LIMIT_SECONDS = 600;
  private static final Path TRAINING = Path.of("training", "target");

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
    Path log = Files.createTempFile(folder, "gemoclap", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    command.addAll(List.of("-cp", classPath(), "io.gemoclap.cli.Gemoclap"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    return new GemoclapProcess(builder.redirectOutput(log.toFile()).start(), log);
  }

  /** What the launcher runs with: our classes, Beam, Flink and the native libraries. */
  static String classPath() throws IOException {
    String libraries = Files.readString(TRAINING.resolve("classpath.txt")).strip();
    return TRAINING.resolve("classes").toAbsolutePath() + ":" + libraries;
  }

  /** Waits for its end and returns what it printed; the status must be as expected. */
  String finish(int status) throws IOException, InterruptedException {
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    String output = Files.readString(log);
    assertEquals(status, ended ? process.exitValue() : -1, output);
    return output;
  }

  /** The process, alive or ended. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** What it has printed so far. */
  public String printed() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
  }
}
