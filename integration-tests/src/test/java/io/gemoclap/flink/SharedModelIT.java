package io.gemoclap.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.Exhaustive;
import io.gemoclap.Written;
import io.gemoclap.model.LargeBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many slots a TaskManager has, it holds one model. */
@Exhaustive
final class SharedModelIT {
  /** What a TaskManager takes with the bundled model, and two large ones; four do not fit. */
  private static final long BOUND_MIB = 1_000 + 2 * LargeBundle.MIB;

  @TempDir private Path folder;

  @Test
  void fourSlotsTakeTheMemoryOfOneModel() throws Exception {
    ClusterRuns runs = new ClusterRuns(folder);
    Path bundle = folder.resolve("bundle");
    LargeBundle.write(bundle);
    try (FlinkCluster cluster = FlinkCluster.with(4).start(1);
        GemoclapProcess job =
            runs.annotate(
                cluster,
                ClusterRuns.SAMPLES,
                "out",
                "--model=" + bundle,
                "--segment=whole",
                "--parallelism=4")) {
      job.finish(0);
      assertEquals(15, Written.summary(runs.output("out")).get("recordings").asInt());
      long peak = peakMib(cluster.taskManagers().get(0).pid());
      assertTrue(peak < BOUND_MIB, () -> "peak of " + peak + " MiB");
    }
  }

  /** The most that a process ever held, in MiB. */
  private static long peakMib(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("/proc names no VmHWM");
  }
}
