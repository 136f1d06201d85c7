package io.gemoclap.cli;

import static io.gemoclap.cli.Run.gemoclap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.training.SineCorpus;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The regression that towers are compared with, by the command line alone. */
final class BaselineIT {
  @TempDir private Path folder;

  @Test
  void theReportSaysThatNoEpochWasSelected() throws IOException {
    SineCorpus.write(folder.resolve("corpus"), 2);
    Run run =
        gemoclap(
            "train",
            "--corpus=emodb:" + folder.resolve("corpus"),
            "--baseline",
            "--output=" + folder.resolve("run"),
            "--",
            "--runner=DirectRunner");
    assertEquals(0, run.status(), run.err());
    JsonNode report = new ObjectMapper().readTree(folder.resolve("run/report.json").toFile());
    assertEquals("last", report.get("checkpoint_choice").asText());
  }
}
