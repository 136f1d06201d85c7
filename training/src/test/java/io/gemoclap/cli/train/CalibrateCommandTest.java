package io.gemoclap.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.Gemoclap;
import io.gemoclap.model.ConfidenceSpec;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.training.evaluate.RiskCoverage;
import io.gemoclap.training.evaluate.RiskCoverage.Judged;
import io.gemoclap.training.report.ConfidenceFigures;
import io.gemoclap.training.report.FinishedRun;
import io.gemoclap.training.report.PredictionRow;
import io.gemoclap.training.report.RunInfo;
import io.gemoclap.training.report.SelectedEpoch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code calibrate}: the bundle's weights with a run's confidence. */
final class CalibrateCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private ModelBundle bundled;

  @BeforeEach
  void opensTheBundle() throws IOException {
    bundled = Bundles.open(Bundles.BUNDLED);
  }

  private Path run(List<String> labels, String normalize, ConfidenceFigures confidence)
      throws IOException {
    RunInfo info =
        new RunInfo(
            "run",
            List.of(),
            "voices",
            labels,
            "SL",
            0.75,
            "emotion",
            normalize,
            1,
            Map.of("folds", "speaker-pairs", "copies", 5, "degraded_copies", 0),
            Map.of(),
            false,
            List.of(),
            "2026-05-04T10:00:00Z",
            1,
            null);
    PredictionRow row =
        new PredictionRow(
            "u",
            "/a/u",
            "s",
            null,
            "female",
            "f",
            SelectedEpoch.LAST,
            "emotion",
            labels.get(0),
            new double[labels.size()],
            null);
    Path run = Files.createDirectories(folder.resolve("run"));
    new FinishedRun(info, List.of(row), List.of(), List.of(), confidence).write(run);
    return run;
  }

  private static ConfidenceFigures confidence() {
    return new ConfidenceFigures(
        1.5,
        0.75,
        0.625,
        0.5,
        0.55,
        0.06,
        List.of(),
        RiskCoverage.of(List.of(new Judged(1, true))));
  }

  private int calibrate(Path run) {
    CommandLine command = Gemoclap.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(
        "calibrate", "--model=bundled", "--run=" + run, "--output=" + folder.resolve("copy"));
  }

  @Test
  void theCopyHasTheWeightsOfTheBundleAndTheConfidenceOfTheRun() throws IOException {
    assertEquals(
        0, calibrate(run(bundled.manifest().labels(), "auto", confidence())), err::toString);
    ModelBundle copy = ModelBundle.open(folder.resolve("copy"));
    assertEquals(1.5, copy.manifest().temperature());
    assertEquals(new ConfidenceSpec(0.75, 0.625), copy.manifest().confidence());
    assertEquals(bundled.manifest().genderTemperature(), copy.manifest().genderTemperature());
    assertEquals(0, copy.manifest().provenance().at("/confidence/degraded_copies").asInt(-1));
    assertEquals("emodb", copy.manifest().provenance().path("corpus").asText());
    Map<String, String> files = new TreeMap<>(copy.manifest().files());
    Map<String, String> before = new TreeMap<>(bundled.manifest().files());
    assertNotEquals(before.remove("README.md"), files.remove("README.md"));
    assertEquals(before, files);
    assertNotEquals(bundled.id(), copy.id());
    assertTrue(out.toString().contains(copy.id()), out::toString);
    assertTrue(
        Files.readString(copy.folder().resolve("README.md")).contains("1.500 · d^0.750"),
        out::toString);
  }

  @Test
  void refusesARunWithOtherLabels() throws IOException {
    assertEquals(2, calibrate(run(List.of("calm", "angry"), "auto", confidence())));
    assertTrue(err.toString().contains("has the labels [calm, angry]"), err::toString);
    assertFalse(Files.exists(folder.resolve("copy")));
  }

  @Test
  void refusesARunWithAnotherNormalisation() throws IOException {
    assertEquals(2, calibrate(run(bundled.manifest().labels(), "none", confidence())));
    assertTrue(err.toString().contains("by 'none', but the bundle by 'auto'"), err::toString);
  }

  @Test
  void refusesARunWithoutConfidence() throws IOException {
    assertEquals(2, calibrate(run(bundled.manifest().labels(), "auto", null)));
    assertTrue(err.toString().contains("measured no confidence"), err::toString);
  }
}
