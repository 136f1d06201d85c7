package io.gemoclap.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExperimentTest {
  private static final Path RUNS = Path.of("runs");

  private static Experiment experiment(String command, String corpus, String options) {
    return new Experiment("x", command, corpus, "sl", "0.8", "emotion", "1 2", options, 80, 1);
  }

  @Test
  void aRowWithoutCommandTrains() {
    assertEquals(
        List.of(
            "train",
            "--corpus=emodb:/data/speech",
            "--output=runs/x/seed-2",
            "--features=runs/features",
            "--variant=sl",
            "--alpha=0.8",
            "--prompts=emotion",
            "--seed=2",
            "--no-final",
            "--resume",
            "--copies=0"),
        experiment(null, "emodb", "--copies=0")
            .arguments("2", Path.of("/data/speech"), RUNS, false));
    assertFalse(experiment("train", "emodb", "").isEvaluation());
  }

  @Test
  void anEvaluationRunsAnewOnTheFileOfItsFolder() {
    Experiment row = experiment("evaluate", "csv:nemo/manifest.csv", "--normalize=none");
    assertEquals(
        List.of(
            "evaluate",
            "--corpus=csv:/data/other/manifest.csv",
            "--output=runs/x",
            "--overwrite",
            "--normalize=none"),
        row.arguments("", Path.of("/data/other"), RUNS, false));
  }
}
