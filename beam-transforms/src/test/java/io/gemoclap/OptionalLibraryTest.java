package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.base.Splitter;
import io.gemoclap.kafka.KafkaConnection;
import io.gemoclap.write.ApplyRowFiles;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users read who have not added an optional dependency: our classes, loaded without it. */
final class OptionalLibraryTest {
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  /** A loader of this class path without the jars whose names begin with one of these. */
  private static URLClassLoader without(String... names) throws MalformedURLException {
    String ofSurefire = System.getProperty("surefire.test.class.path");
    String all = ofSurefire == null ? System.getProperty("java.class.path") : ofSurefire;
    List<URL> urls = new ArrayList<>();
    for (String entry : Splitter.on(File.pathSeparatorChar).split(all)) {
      File file = new File(entry);
      if (List.of(names).stream().noneMatch(file.getName()::startsWith)) {
        urls.add(file.toURI().toURL());
      }
    }
    URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    return loader;
  }

  private static Runnable rowFiles(ClassLoader loader, String format) throws Exception {
    return (Runnable)
        loader
            .loadClass(ApplyRowFiles.class.getName())
            .getConstructor(String.class)
            .newInstance(format);
  }

  @ParameterizedTest
  @CsvSource({
    "beam-sdks-java-io-kafka, org.apache.beam:beam-sdks-java-io-kafka",
    "kafka-clients, org.apache.kafka:kafka-clients"
  })
  void aConnectionWithoutKafkaNamesWhatToAdd(String jar, String artifact) throws Exception {
    try (URLClassLoader loader = without(jar)) {
      Class<?> connection = loader.loadClass(KafkaConnection.class.getName());
      InvocationTargetException thrown =
          assertThrows(
              InvocationTargetException.class,
              () -> connection.getMethod("to", String.class).invoke(null, "localhost:9092"));
      assertEquals(expected("A Kafka topic", artifact), thrown.getCause().getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "beam-sdks-java-io-parquet, org.apache.beam:beam-sdks-java-io-parquet",
    "hadoop-mapreduce, org.apache.hadoop:hadoop-mapreduce-client-core",
    "beam-sdks-java-io-;hadoop-, 'org.apache.beam:beam-sdks-java-io-parquet,"
        + " org.apache.hadoop:hadoop-common, org.apache.hadoop:hadoop-mapreduce-client-core'"
  })
  void parquetWithoutItsLibrariesNamesWhatToAdd(String jars, String artifact) throws Exception {
    try (URLClassLoader loader = without(jars.split(";"))) {
      Runnable parquet = rowFiles(loader, "PARQUET");
      Exception thrown = assertThrows(IllegalStateException.class, parquet::run);
      assertEquals(expected("Parquet output", artifact), thrown.getMessage());
    }
  }

  private static String expected(String user, String artifact) {
    return user
        + " needs "
        + artifact
        + ", which the class path does not have. Add it to the dependencies of your project; the"
        + " BOM io.gemoclap:gemoclap-parent has its version.";
  }

  @Test
  void linesOfJsonNeedNoOptionalLibrary() throws Exception {
    String[] optional = {
      "beam-sdks-java-io-kafka",
      "kafka-clients",
      "beam-sdks-java-io-parquet",
      "beam-sdks-java-io-hadoop",
      "parquet-",
      "hadoop-"
    };
    try (URLClassLoader loader = without(optional)) {
      assertDoesNotThrow(rowFiles(loader, "JSONL")::run);
    }
  }
}
