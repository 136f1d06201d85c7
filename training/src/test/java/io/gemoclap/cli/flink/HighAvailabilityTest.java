package io.gemoclap.cli.flink;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.cli.console.WrongUsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command's class path has no client of ZooKeeper. */
final class HighAvailabilityTest {
  @TempDir private Path folder;

  private List<String> arguments(String configuration) throws IOException {
    Files.writeString(folder.resolve("config.yaml"), configuration);
    return List.of("--flinkMaster=localhost:8081", "--flinkConfDir=" + folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "high-availability.type: zookeeper\n",
        "high-availability: zookeeper\n",
        "high-availability:\n  type: ZOOKEEPER\n"
      })
  void aClusterWithZooKeeperIsRefusedBeforeAnyWork(String configuration) throws IOException {
    List<String> arguments = arguments(configuration);
    WrongUsageException e = assertThrows(WrongUsageException.class, () -> Runs.options(arguments));
    assertTrue(e.getMessage().contains("-Pzookeeper"), e.getMessage());
    assertTrue(e.getMessage().contains(folder.toString()), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "high-availability.type: NONE\n", "high-availability.type: kubernetes\n"})
  void otherClustersAreNot(String configuration) throws IOException {
    List<String> arguments = arguments(configuration);
    assertDoesNotThrow(() -> Runs.options(arguments));
  }

  @Test
  void aConfigurationThatIsMissingIsNamed() {
    String missing = folder.resolve("nowhere").toString();
    List<String> arguments = List.of("--flinkMaster=localhost:8081", "--flinkConfDir=" + missing);
    WrongUsageException e = assertThrows(WrongUsageException.class, () -> Runs.options(arguments));
    assertTrue(e.getMessage().contains(missing), e.getMessage());
  }
}
