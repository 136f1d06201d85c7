package io.gemoclap.failure;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Libraries that only some transforms need, and that a project adds when it uses those transforms.
 * Their versions are in the BOM {@code io.gemoclap:gemoclap-parent}. Immutable.
 *
 * @hidden
 */
@Internal
public enum OptionalLibrary {
  /** Kafka topics as input or output. */
  KAFKA(
      "A Kafka topic",
      ImmutableMap.of(
          "org.apache.beam.sdk.io.kafka.KafkaIO",
          "org.apache.beam:beam-sdks-java-io-kafka",
          "org.apache.kafka.clients.consumer.Consumer",
          "org.apache.kafka:kafka-clients")),
  /** Parquet files as output. */
  PARQUET(
      "Parquet output",
      ImmutableMap.of(
          "org.apache.beam.sdk.io.parquet.ParquetIO",
          "org.apache.beam:beam-sdks-java-io-parquet",
          "org.apache.hadoop.conf.Configuration",
          "org.apache.hadoop:hadoop-common",
          "org.apache.hadoop.mapreduce.lib.output.FileOutputFormat",
          "org.apache.hadoop:hadoop-mapreduce-client-core"));

  private final String user;
  private final ImmutableMap<String, String> artifacts;

  OptionalLibrary(String user, ImmutableMap<String, String> artifacts) {
    this.user = user;
    this.artifacts = artifacts;
  }

  /**
   * Checks that the library is on the class path.
   *
   * @throws IllegalStateException if it is not, naming the artifacts to add
   */
  public void require() {
    String missing =
        String.join(
            ", ",
            artifacts.entrySet().stream()
                .filter(artifact -> !isPresent(artifact.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList());
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          user
              + " needs "
              + missing
              + ", which the class path does not have. Add it to the dependencies of your project;"
              + " the BOM io.gemoclap:gemoclap-parent has its version.");
    }
  }

  private static boolean isPresent(String name) {
    try {
      Class.forName(name, false, OptionalLibrary.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
