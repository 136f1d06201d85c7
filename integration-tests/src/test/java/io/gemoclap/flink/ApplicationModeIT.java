package io.gemoclap.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.Exhaustive;
import io.gemoclap.Written;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that lives for one job, whose program runs inside the JobManager. */
@Exhaustive
final class ApplicationModeIT {
  @TempDir private Path folder;

  private FlinkCluster.Settings annotating(String output) {
    return FlinkCluster.with(2)
        .running(
            List.of(
                "annotate",
                "--input=" + ClusterRuns.SAMPLES.resolve("german-*"),
                "--output=" + folder.resolve(output),
                "--runner=FlinkRunner",
                "--parallelism=2"));
  }

  @Test
  void theClusterEndsWellWithItsJob() throws Exception {
    try (FlinkCluster cluster = annotating("out").with("execution.attached", "true").start(1)) {
      assertEquals(0, cluster.awaitEnd(), cluster::logs);
    }
    assertEquals(7, Written.summary(folder.resolve("out")).get("recordings").asInt());
  }

  @Test
  void aDetachedJobFailsWithTheRemedy() throws Exception {
    try (FlinkCluster cluster = annotating("detached").start(1)) {
      assertNotEquals(0, cluster.awaitEnd());
      assertTrue(cluster.logs().contains("Set execution.attached: true"), cluster::logs);
    }
  }
}
