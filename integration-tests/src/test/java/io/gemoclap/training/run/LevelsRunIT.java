package io.gemoclap.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.Exhaustive;
import io.gemoclap.embed.SelfCheck;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.Normalization;
import io.gemoclap.model.ConfidenceSpec;
import io.gemoclap.model.GEmoClap;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.table.JsonLines;
import io.gemoclap.training.SineCorpus;
import io.gemoclap.training.corpus.AudioDigests;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.degrade.Degradation;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.folds.FoldScheme;
import io.gemoclap.training.folds.Folds;
import io.gemoclap.training.prepare.FeaturePlan;
import io.gemoclap.training.prompts.Wordings;
import io.gemoclap.training.report.ConfidenceFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that trains one model for every level of normalisation. */
final class LevelsRunIT {
  @Exhaustive
  @Test
  void theRunMeasuresEveryLevelAndItsBundleHasTheHierarchy(@TempDir Path folder)
      throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    Corpus corpus = SineCorpus.write(folder.resolve("corpus"), 2);
    AudioDigests audio = new AudioDigests();
    Folds folds = FoldScheme.parse("speaker-pairs").split(corpus, 0, 1, audio);
    TrainConfig defaults = TrainConfig.defaults();
    TrainConfig config =
        new TrainConfig(
            defaults.objective(),
            new TrainConfig.Network("functionals", 32, 32, 1, 0.1, 0.2, 8),
            defaults.optimization().toBuilder()
                .setEpochs(2)
                .setBatchSize(8)
                .setTextSteps(20)
                .build(),
            defaults.sampling(),
            null,
            defaults.seed());
    RunIdentity identity =
        new RunIdentity(
            RunIdentity.Method.TOWERS,
            CorpusDigest.of(corpus, audio),
            RunIdentity.Split.of(folds),
            config,
            null,
            new FeaturePlan(FeatureSpec.emotionFunctionals(), 1, 1, 1, true),
            FeaturePlan.VERSION,
            Normalization.AUTO,
            4,
            Wordings.digest(),
            16.0);
    Path output = folder.resolve("run");
    TrainingPlan plan =
        new TrainingPlan(
            corpus,
            folds,
            identity,
            new RunExecution(null, false, "", 0, "512m", true),
            List.of("test"));
    new TrainingRun(plan, output, LevelsRunIT::runs, line -> {}).run();

    List<String> consistency = Files.readAllLines(output.resolve("consistency.csv"));
    // With and without the archive, and with and without the group.
    assertEquals(1 + 4 * Degradation.values().length, consistency.size(), "" + consistency);
    assertTrue(consistency.get(1).startsWith("tempo-mild,mild,no,no,"), consistency.get(1));
    assertTrue(Files.readString(output.resolve("report.html")).contains("room-harsh"));
    List<String> lines = Files.readAllLines(output.resolve("availability.csv"));
    assertEquals("known_utterances,war,uar,archive,gender", lines.get(0));
    assertEquals(1 + 2 * 7, lines.size(), "" + lines);
    assertTrue(lines.get(1).matches("none,[01]\\.\\d+,[01]\\.\\d+,no,[01]\\.\\d+"), lines.get(1));
    assertTrue(lines.get(14).startsWith("all,"), lines.get(14));
    assertTrue(lines.get(14).contains(",yes,"), lines.get(14));

    ModelBundle bundle = ModelBundle.open(output.resolve("final/bundle"));
    assertEquals(Normalization.AUTO, bundle.manifest().normalization().by());
    assertEquals(16, bundle.manifest().normalization().archiveWeight());
    assertTrue(bundle.familiarity().isPresent());
    ConfidenceFigures confidence =
        JsonLines.readValue(output.resolve("confidence.json"), ConfidenceFigures.class);
    assertTrue(confidence.conditions().size() >= 2 * 7, "" + confidence);
    assertTrue(confidence.conditions().get(0).distance() > 0, "" + confidence);
    assertEquals(confidence.temperature(), bundle.manifest().temperature(), 1e-9);
    assertEquals(
        new ConfidenceSpec(confidence.distanceExponent(), confidence.abstainBelow()),
        bundle.manifest().confidence());
    try (GEmoClap model = GEmoClap.load(bundle)) {
      SelfCheck.run(model);
    }
  }

  private static void runs(java.util.function.Consumer<Pipeline> build) {
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=DirectRunner").create());
    build.accept(pipeline);
    assertEquals(PipelineResult.State.DONE, pipeline.run().waitUntilFinish());
  }
}
