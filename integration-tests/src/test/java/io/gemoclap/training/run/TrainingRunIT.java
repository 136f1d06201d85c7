package io.gemoclap.training.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gemoclap.Exhaustive;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.Normalization;
import io.gemoclap.model.GEmoClap;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.table.JsonLines;
import io.gemoclap.training.SineCorpus;
import io.gemoclap.training.corpus.AudioDigests;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.folds.FoldScheme;
import io.gemoclap.training.folds.Folds;
import io.gemoclap.training.prepare.FeaturePlan;
import io.gemoclap.training.prompts.Wordings;
import io.gemoclap.training.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole training runs over six speakers made of sines: three folds, each in its own JVM. */
final class TrainingRunIT {
  private static final String[] FLINK = {"--runner=FlinkRunner", "--parallelism=2"};
  private static final String[] DIRECT = {"--runner=DirectRunner"};
  private static final double DEV_SHARE = 0.25;

  @TempDir private static Path folder;
  private static Corpus corpus;
  private static Path features;

  /** A run that nothing disturbed, on Flink. */
  private static Path undisturbed;

  private static Report report;
  private static List<MetricQueryResults> undisturbedMetrics;
  private final List<String> lines = new ArrayList<>();
  private final List<MetricQueryResults> metrics = new ArrayList<>();

  @BeforeAll
  static void runsUndisturbed() throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    corpus = SineCorpus.write(folder.resolve("corpus"), 3);
    features = folder.resolve("features");
    undisturbed = folder.resolve("undisturbed");
    TrainingRunIT first = new TrainingRunIT();
    report = first.run(undisturbed, corpus, 6, FLINK).run();
    undisturbedMetrics = first.metrics;
  }

  private static TrainConfig config(int epochs) {
    TrainConfig defaults = TrainConfig.defaults();
    return new TrainConfig(
        defaults.objective(),
        new TrainConfig.Network("functionals", 32, 32, 1, 0.1, 0.2),
        defaults.optimization().toBuilder()
            .setEpochs(epochs)
            .setBatchSize(8)
            .setTextSteps(20)
            .build(),
        defaults.sampling(),
        null,
        defaults.seed());
  }

  private TrainingRun run(Path output, Corpus of, int epochs, String... runner) throws IOException {
    return run(output, of, epochs, DEV_SHARE, runner);
  }

  private TrainingRun run(Path output, Corpus of, int epochs, double devShare, String... runner)
      throws IOException {
    AudioDigests audio = new AudioDigests();
    Folds folds = FoldScheme.parse("speaker-pairs").split(of, devShare, 1, audio);
    RunIdentity identity =
        new RunIdentity(
            RunIdentity.Method.TOWERS,
            CorpusDigest.of(of, audio),
            RunIdentity.Split.of(folds),
            config(epochs),
            null,
            new FeaturePlan(FeatureSpec.emotionFunctionals(), 1, 1),
            FeaturePlan.VERSION,
            Normalization.NONE,
            4,
            Wordings.digest(),
            null);
    TrainingPlan plan =
        new TrainingPlan(
            of,
            folds,
            identity,
            new RunExecution(null, false, features.toString(), 0, "512m", true),
            List.of("test"));
    return new TrainingRun(
        plan,
        output,
        build -> {
          Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(runner).create());
          build.accept(pipeline);
          PipelineResult result = pipeline.run();
          assertEquals(PipelineResult.State.DONE, result.waitUntilFinish());
          metrics.add(result.metrics().queryMetrics(MetricsFilter.builder().build()));
        },
        line -> {
          synchronized (lines) {
            lines.add(line);
          }
        });
  }

  private static void assertSameWeights(Path one, Path other) throws IOException {
    for (String file : List.of("audio/model.safetensors", "heads.safetensors")) {
      assertArrayEquals(
          Files.readAllBytes(one.resolve("bundle").resolve(file)),
          Files.readAllBytes(other.resolve("bundle").resolve(file)),
          one + " " + file);
    }
  }

  @Test
  void aRunLeavesReportBundlesAndPredictions() throws IOException {
    assertEquals(48, report.figures().get(0).utterances());
    assertEquals(3, report.folds().size());
    for (String file :
        List.of("report.json", "report.html", "predictions.jsonl", "curves.jsonl", "folds.csv")) {
      assertTrue(Files.size(undisturbed.resolve(file)) > 0, file);
    }
    assertEquals(2 * 2 * 48, Files.readAllLines(undisturbed.resolve("predictions.jsonl")).size());
    assertEquals(3 * 6, Files.readAllLines(undisturbed.resolve("curves.jsonl")).size());
    ModelBundle bundle = ModelBundle.open(undisturbed.resolve("final/bundle"));
    assertEquals(report.calibration().temperature(), bundle.manifest().temperature());
    try (GEmoClap model = GEmoClap.load(bundle)) {
      assertEquals(1, model.embedText(List.of("angry")).length);
    }
    assertFalse(Files.exists(undisturbed.resolve("folds/1/checkpoint")));
  }

  /** Three folds on two slots: two of them overlap in time, or they would have taken turns. */
  @Test
  void twoFoldsTrainAtOnceInProcessesOfTheirOwn() throws IOException {
    List<FoldWorker.Done> folds = new ArrayList<>();
    for (int fold = 1; fold <= 3; fold++) {
      Path done = undisturbed.resolve("folds/" + fold).resolve(FoldWorker.DONE);
      folds.add(JsonLines.readValue(done, FoldWorker.Done.class));
    }
    folds.sort(Comparator.comparing(FoldWorker.Done::startedMillis));
    assertTrue(
        folds.get(1).startedMillis() < folds.get(0).endedMillis()
            || folds.get(2).startedMillis() < folds.get(1).endedMillis(),
        "no two folds were trained at once: " + folds);
  }

  @Test
  void aFoldsCurveIsInBeamsMetrics() {
    Map<String, Long> gauges = new TreeMap<>();
    for (MetricQueryResults results : undisturbedMetrics) {
      results
          .getGauges()
          .forEach(gauge -> gauges.put(gauge.getName().getName(), gauge.getAttempted().getValue()));
    }
    assertEquals(6, gauges.get("fold_1_epoch"), gauges.toString());
    assertTrue(gauges.get("fold_3_loss_millionths") > 0, gauges.toString());
    assertTrue(gauges.get("fold_final_audio_seconds_per_second") > 0, gauges.toString());
    assertTrue(gauges.get("fold_2_dev_uar_millionths") > 0, gauges.toString());
  }

  @Exhaustive
  @Test
  void theDirectRunnerGivesTheWeightsThatFlinkGivesFromTheSameFeatures() throws IOException {
    Path output = folder.resolve("direct");
    Report other = run(output, corpus, 6, DIRECT).run();
    assertTrue(lines.get(0).startsWith("features: 1 of 1 shards"), lines.get(0));
    assertEquals(report.uar(), other.uar());
    for (String part : List.of("folds/1", "folds/2", "folds/3", "final")) {
      assertSameWeights(undisturbed.resolve(part), output.resolve(part));
    }
  }

  @Exhaustive
  @Test
  void aKilledFoldResumesAndEndsWithTheSameWeights() throws Exception {
    Path output = folder.resolve("killed");
    TrainingRun run = run(output, corpus, 6, FLINK);
    // Everything but the folds, which the run finds done or not.
    copy(
        undisturbed,
        output,
        List.of("identity.json", "job.json", "utterances.jsonl", "folds.csv", "text.safetensors"));
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                FoldWorker.class.getName(),
                output.toString(),
                "1")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("child.log").toFile())
            .start();
    Path curves = output.resolve("folds/1/curves.jsonl");
    while (child.isAlive() && (!Files.exists(curves) || Files.readAllLines(curves).size() < 3)) {
      Thread.sleep(1);
    }
    child.destroyForcibly().waitFor();
    assertEquals(128 + 9, child.exitValue(), Files.readString(folder.resolve("child.log")));
    try (Stream<Path> checkpoints = Files.list(output.resolve("folds/1/checkpoint"))) {
      assertTrue(checkpoints.anyMatch(c -> c.getFileName().toString().startsWith("step-")));
    }
    assertFalse(Files.exists(output.resolve("folds/1/done.json")));

    run.run();

    for (String part : List.of("folds/1", "folds/2", "folds/3", "final")) {
      assertSameWeights(undisturbed.resolve(part), output.resolve(part));
    }
    assertEquals(
        Files.readAllLines(undisturbed.resolve("predictions.jsonl")),
        Files.readAllLines(output.resolve("predictions.jsonl")));
  }

  /**
   * An utterance is not audio, the second fold cannot keep checkpoints since a file stands where
   * their folder belongs, and {@code /dev/full} refuses every byte of the first as a full disk
   * does.
   */
  @Exhaustive
  @Test
  void whatFailsIsReportedAndTrainedOnceItIsRepaired() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    Corpus damaged = SineCorpus.write(folder.resolve("damaged"), 3);
    Files.writeString(Path.of(damaged.utterances().get(5).uri()), "this is no audio");
    Path output = folder.resolve("failing");
    Path first = Files.createDirectories(output.resolve("folds/1"));
    Path second = Files.createDirectories(output.resolve("folds/2"));
    Path link = Files.createSymbolicLink(first.resolve("curves.jsonl.part"), full);
    Path inTheWay = Files.writeString(second.resolve("checkpoint"), "in the way");

    TrainingRun run = run(output, damaged, 2, FLINK);
    Report partial = run.run();

    assertEquals(1, partial.folds().size());
    assertEquals(run.failedFolds(), partial.run().failedFolds());
    Map<String, String> reasons = new TreeMap<>();
    run.failedFolds().forEach(failed -> reasons.put(failed.fold(), failed.reason()));
    assertEquals(Set.of("03+08", "10+09"), reasons.keySet());
    assertTrue(reasons.get("03+08").contains("curves.jsonl"), reasons.get("03+08"));
    assertTrue(reasons.get("03+08").contains("No space left"), reasons.get("03+08"));
    assertTrue(reasons.get("10+09").contains("checkpoint"), reasons.get("10+09"));
    assertTrue(Files.exists(output.resolve("final/bundle/gemoclap.json")));
    String failures = Files.readString(output.resolve("failures.jsonl"));
    assertTrue(failures.contains(damaged.utterances().get(5).id()), failures);
    assertEquals(1, failures.lines().count());

    Files.delete(link);
    Files.delete(inTheWay);
    Report whole = run(output, damaged, 2, FLINK).run();
    assertEquals(3, whole.folds().size());
    assertEquals(47, whole.figures().get(0).utterances());
  }

  @Test
  void aFinishedFolderIsNotTrainedAgainAndOtherSettingsAreRejected() throws IOException {
    Path bundle = undisturbed.resolve("folds/1/bundle/gemoclap.json");
    long before = Files.getLastModifiedTime(bundle).toMillis();
    assertEquals(report.uar(), run(undisturbed, corpus, 6, FLINK).run().uar());
    assertEquals(before, Files.getLastModifiedTime(bundle).toMillis());
    lines.clear();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> run(undisturbed, corpus, 7, 0.5, FLINK).run());
    assertTrue(e.getMessage().contains("optimization.epochs=6, not 7"), e.getMessage());
    assertTrue(e.getMessage().contains("folds.dev_share=0.25, not 0.5"), e.getMessage());
    assertEquals(List.of(), lines, "work was done before the settings were compared");
  }

  @Test
  void aCorpusOfOneSpeakerPairHasNoFolds() {
    List<Utterance> few =
        corpus.utterances().stream()
            .filter(u -> u.speaker().equals("03") || u.speaker().equals("08"))
            .toList();
    Corpus small = new Corpus("small", corpus.labels(), few);
    assertThrows(
        IllegalArgumentException.class, () -> run(folder.resolve("small"), small, 1, FLINK));
  }

  private static void copy(Path from, Path to, List<String> names) throws IOException {
    Files.createDirectories(to);
    for (String name : names) {
      Files.copy(from.resolve(name), to.resolve(name));
    }
  }
}
