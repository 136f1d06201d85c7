package io.gemoclap.review;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.flink.GemoclapProcess;
import io.gemoclap.flink.Polling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code gemoclap review} in its own JVM, once it serves. */
final class ReviewProcess implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("Open (http://\\S+)");

  private final GemoclapProcess process;
  private final String url;

  /** Starts it, and waits until it prints its address. */
  ReviewProcess(Path folder, Path results, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("review", results.toString()));
    arguments.addAll(List.of(options));
    process =
        GemoclapProcess.start(
            Files.createDirectories(folder),
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            arguments);
    Polling.until(
        "the address is printed",
        Duration.ofMinutes(2),
        () -> ADDRESS.matcher(process.printed()).find() || !process.handle().isAlive(),
        process::printed);
    Matcher address = ADDRESS.matcher(process.printed());
    assertTrue(address.find(), process.printed());
    url = address.group(1);
  }

  /** The address with the token. */
  String url() {
    return url;
  }

  /** What it has printed. */
  String printed() {
    return process.printed();
  }

  /** Kills it with SIGKILL. */
  void kill() throws Exception {
    process.handle().destroyForcibly();
    process.handle().onExit().get();
  }

  /** Stops it as Ctrl-C does. */
  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
