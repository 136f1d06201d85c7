package io.gemoclap.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.Written;
import io.gemoclap.model.LargeBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many slots a TaskManager has, it holds one model. */
final class SharedModelIT {
  @TempDir private Path folder;

  @Test
  void fourSlotsTakeTheMemoryOfOneModel() throws Exception {
    ClusterRuns runs = new ClusterRuns(folder);
    Path bundle = folder.resolve("bundle");
    LargeBundle.write(bundle);
    try (FlinkCluster cluster = FlinkCluster.with(4).start(1)) {
      // The first job brings heap, classes and PyTorch into memory; the second only its model.
      long small = annotate(runs, cluster, "small", "--model=bundled");
      long large = annotate(runs, cluster, "large", "--model=" + bundle);
      // One copy, and what is in memory for a moment while it is read; four would be 1,200 MiB.
      assertTrue(
          large - small < 2.5 * LargeBundle.MIB, () -> small + " MiB, then " + large + " MiB");
      assertTrue(
          large - small > 0.5 * LargeBundle.MIB, () -> small + " MiB, then " + large + " MiB");
    }
  }

  /** The most that the TaskManager ever held so far, in MiB. */
  private static long annotate(ClusterRuns runs, FlinkCluster cluster, String output, String model)
      throws Exception {
    try (GemoclapProcess job =
        runs.annotate(cluster, ClusterRuns.SAMPLES, output, model, "--parallelism=4")) {
      job.finish(0);
    }
    assertEquals(15, Written.summary(runs.output(output)).get("recordings").asInt());
    return peakMib(cluster.taskManagers().get(0).pid());
  }

  private static long peakMib(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("/proc names no VmHWM");
  }
}
