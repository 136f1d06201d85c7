package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.gemoclap.Exhaustive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long jobs embed millions of segments with one model. */
@Exhaustive
final class PredictionMemoryIT {
  /**
   * One speech call's features alone are 3 × 300 × 24 floats, 84 KiB, and each hidden layer holds
   * more: a call that lost a single one of them would cost 165 MiB over 2,000 calls, one hidden
   * text layer (4 sentences × 60 tokens × 96) about as much. The allocator's own unrest stays far
   * below a quarter of that.
   */
  private static final long BOUND_KIB = 40 * 1024;

  @Test
  void memoryStaysOverTwoThousandCallsOfEachVerb(@TempDir Path temp)
      throws IOException, InterruptedException {
    Path folder = temp.resolve("bundle");
    TorchEngine.start();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Fixtures.bundle(folder, Fixtures.towers(manager, Fixtures.convolutions(), 5));
    }
    // A process of its own, whose heap is in memory from the start, so that only leaks can grow.
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms64m",
            "-Xmx64m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-Dai.djl.offline=true",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            PredictionLoop.class.getName(),
            folder.toString());
    Path log = temp.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    // A leak that fills the heap slows the process down so much that it would hardly ever end.
    boolean ended = process.waitFor(4, TimeUnit.MINUTES);
    process.destroyForcibly();
    String output = Files.readString(log);
    assertTrue(ended, output);
    assertEquals(0, process.exitValue(), output);
    Matcher rss = Pattern.compile("RSS (\\d+) (\\d+)").matcher(output);
    assertTrue(rss.find(), output);
    long grown = Long.parseLong(rss.group(2)) - Long.parseLong(rss.group(1));
    assertTrue(grown < BOUND_KIB, "grew by " + grown + " KiB: " + rss.group());
  }
}
