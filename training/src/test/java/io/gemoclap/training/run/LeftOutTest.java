package io.gemoclap.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.Normalization;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.prepare.FeaturePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves out stays the same from its first trained step on. */
final class LeftOutTest {
  private static final List<Utterance> UTTERANCES =
      List.of(
          Utterance.of("a", "a.wav").build(),
          Utterance.of("b", "b.wav").build(),
          Utterance.of("c", "c.wav").build());

  @TempDir private Path folder;
  private final List<String> log = new ArrayList<>();
  private RunFolder run;

  /** A run that left out b. */
  @BeforeEach
  void writesTheJob() throws IOException {
    run = new RunFolder(folder);
    RunIdentity identity =
        new RunIdentity(
            RunIdentity.Method.TOWERS,
            new CorpusDigest("c", List.of("calm", "angry"), 3, "", ""),
            new RunIdentity.Split("speaker-pairs", 0, ""),
            TrainConfig.defaults(),
            null,
            new FeaturePlan(FeatureSpec.emotionFunctionals(), 0, 1),
            FeaturePlan.VERSION,
            Normalization.NONE,
            4,
            "",
            null);
    RunJob job =
        new RunJob(identity, null, false, "features", List.of(), List.of(), List.of("b"), 60);
    run.write(job, UTTERANCES, List.of());
  }

  private void beginAFold() throws IOException {
    Files.createDirectories(run.part("1").resolve("checkpoint"));
  }

  private List<String> decide(String... usable) throws IOException {
    return LeftOut.decide(run, Set.of(usable), UTTERANCES, log::add);
  }

  @Test
  void beforeTheFirstStepItIsWhatHasNoFeaturesNow() throws IOException {
    assertEquals(List.of(), decide("a", "b", "c"));
    assertEquals(List.of("a", "b"), decide("c"));
  }

  @Test
  void afterItAnUtteranceThatHasFeaturesAgainStaysLeftOut() throws IOException {
    beginAFold();
    assertEquals(List.of("b"), decide("a", "b", "c"));
    assertTrue(log.get(0).contains("stay omitted"), log.toString());
  }

  @Test
  void afterItAnUtteranceThatIsMissingEndsTheRun() throws IOException {
    beginAFold();
    String message = assertThrows(IOException.class, () -> decide("c")).getMessage();
    assertTrue(message.contains("such as a;") && message.contains("--resume"), message);
  }

  @Test
  void aRunWithoutAnyFeaturesDoesNotBegin() {
    String message = assertThrows(IOException.class, this::decide).getMessage();
    assertTrue(message.contains("failures.jsonl"), message);
  }
}
