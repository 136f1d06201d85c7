package io.gemoclap.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.Exhaustive;
import io.gemoclap.Written;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the user does wrong with native libraries is answered by a sentence with the remedy. */
@Exhaustive
final class NativeLibrariesIT {
  private static final Pattern REMEDY =
      Pattern.compile(
          "the jars of (ai\\.djl|org\\.bytedeco) must be in the lib folder of the cluster, not"
              + " in the job's jar");

  @TempDir private Path folder;

  @Test
  void missingAndDuplicateNativeLibrariesFailWithTheRemedy() throws Exception {
    ClusterRuns runs = new ClusterRuns(folder);
    Path input = Files.createDirectory(folder.resolve("in"));
    String sample = "german-male-48k-stereo.wav";
    Files.copy(ClusterRuns.SAMPLES.resolve(sample), input.resolve(sample));
    String everything = "--filesToStage=" + GemoclapProcess.classPath().replace(':', ',');
    FlinkCluster.Settings bare =
        FlinkCluster.with(1).withoutNatives().with("restart-strategy.type", "none");
    try (FlinkCluster cluster = bare.start(1)) {
      try (GemoclapProcess missing = runs.annotate(cluster, input, "missing")) {
        String said = missing.finish(1);
        assertTrue(REMEDY.matcher(said).find(), said);
      }
      try (GemoclapProcess first = runs.annotate(cluster, input, "first", everything)) {
        first.finish(0);
      }
      assertEquals(1, Written.summary(runs.output("first")).get("recordings").asInt());
      try (GemoclapProcess again = runs.annotate(cluster, input, "again", everything)) {
        String said = again.finish(1);
        assertTrue(said.contains("already loaded in another classloader"), said);
        assertTrue(REMEDY.matcher(said).find(), said);
      }
    }
  }
}
