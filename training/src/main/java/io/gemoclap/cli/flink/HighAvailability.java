package io.gemoclap.cli.flink;

import io.gemoclap.cli.console.WrongUsageException;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;

/** Finds the JobManager of a highly available cluster. */
final class HighAvailability {
  private static final String ZOOKEEPER = "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper";

  private HighAvailability() {}

  /**
   * Checks that this process can ask ZooKeeper for the JobManager, if Flink's configuration says
   * so. The command comes without that client (12 MB), which few clusters need.
   *
   * @throws WrongUsageException if the client is missing, with the remedy, or if the configuration
   *     cannot be read
   */
  static void requireClient(FlinkPipelineOptions options) {
    String folder = options.getFlinkConfDir();
    folder = folder == null ? System.getenv("FLINK_CONF_DIR") : folder;
    if (folder != null && asksZooKeeper(folder) && !isPresent(ZOOKEEPER + ".ZooKeeper")) {
      throw new WrongUsageException(
          ("Flink's configuration in '%s' finds the JobManager through ZooKeeper, but the class path"
                  + " has no ZooKeeper client. Set GEMOCLAP_BUILD_OPTIONS=-Pzookeeper, or add"
                  + " org.apache.flink:flink-shaded-zookeeper-3 to the class path")
              .formatted(folder));
    }
  }

  private static boolean asksZooKeeper(String folder) {
    try {
      return HighAvailabilityMode.fromConfig(GlobalConfiguration.loadConfiguration(folder))
          == HighAvailabilityMode.ZOOKEEPER;
    } catch (IllegalConfigurationException e) {
      throw new WrongUsageException("Flink's configuration: " + e.getMessage(), e);
    }
  }

  private static boolean isPresent(String name) {
    try {
      Class.forName(name, false, HighAvailability.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
