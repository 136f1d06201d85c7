package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long jobs embed millions of segments with one model. */
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
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    Matcher rss = Pattern.compile("RSS (\\d+) (\\d+)").matcher(output);
    assertTrue(rss.find(), output);
    long grown = Long.parseLong(rss.group(2)) - Long.parseLong(rss.group(1));
    assertTrue(grown < BOUND_KIB, "grew by " + grown + " KiB: " + rss.group());
  }
}
