package io.gemoclap.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FlinkClusterIT {
  @Test
  void aKilledTaskManagerIsReplacedAndNothingIsLeftBehind() throws Exception {
    Path folder;
    List<ProcessHandle> processes;
    try (FlinkCluster cluster = FlinkCluster.with(1).start(1)) {
      folder = cluster.folder();
      assertEquals(1, cluster.rest().slots());
      cluster.killTaskManager(0);
      cluster.awaitTaskManagers(0);
      cluster.addTaskManager();
      cluster.awaitTaskManagers(1);
      processes = cluster.taskManagers();
      assertEquals(2, processes.size());
      assertTrue(processes.get(1).isAlive());
    }
    processes.forEach(process -> assertFalse(process.isAlive(), process.toString()));
    assertFalse(Files.exists(folder), folder.toString());
  }
}
