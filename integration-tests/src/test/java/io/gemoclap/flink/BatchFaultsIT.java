package io.gemoclap.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.Exhaustive;
import io.gemoclap.Written;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.archive.ArchiveStatisticsFile;
import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureOrigin;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.features.SpeechFeaturesCoder;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.ScoreEmotions;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails in a batch job, each item has one result or one failure at the end. */
final class BatchFaultsIT {
  private static final int COPIES = 3;
  private static FlinkCluster cluster;

  @TempDir private static Path folder;
  private static ClusterRuns runs;

  @BeforeAll
  static void start() throws Exception {
    runs = new ClusterRuns(folder);
    cluster = FlinkCluster.with(2).start(1);
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Exhaustive
  @Test
  void aKilledTaskManagerCostsNoItemAndDoublesNone() throws Exception {
    Path input = Files.createDirectory(folder.resolve("archive"));
    try (Stream<Path> samples = Files.list(ClusterRuns.SAMPLES)) {
      for (Path sample : samples.toList()) {
        for (int copy = 0; copy < COPIES; copy++) {
          Files.copy(sample, input.resolve(copy + "-" + sample.getFileName()));
        }
      }
    }
    Files.writeString(input.resolve("letter.wav"), "Dear Sir or Madam,\n".repeat(99));
    Files.createFile(input.resolve("empty.mp3"));

    String id;
    try (GemoclapProcess job = runs.annotate(cluster, input, "killed", "--parallelism=2")) {
      id = cluster.awaitNewJob();
      job.await(
          "some recordings are decoded",
          () -> cluster.rest().counters(id).getOrDefault("DecodeAudio:recordings", 0L) > 0);
      assertEquals("RUNNING", cluster.rest().state(id));
      cluster.killTaskManager(0);
      cluster.addTaskManager();
      job.finish(0);
    }

    assertFalse(cluster.rest().failures(id).isEmpty(), "the kill came too late to be noticed");
    Map<String, JsonNode> recordings = runs.byId("killed", "recordings", "recording");
    Map<String, JsonNode> failures = runs.byId("killed", "failures", "item");
    Set<String> items = new TreeSet<>(recordings.keySet());
    assertEquals(recordings.size() + failures.size(), addAll(items, failures.keySet()));
    try (Stream<Path> files = Files.list(input)) {
      assertEquals(new TreeSet<>(files.map(Path::toString).toList()), items);
    }
    assertEquals(2, failures.size());
    // Copies have the same segments, so none is missing and ids do not depend on the attempt.
    Set<String> segments = new TreeSet<>(runs.annotations("killed").keySet());
    Set<String> expected = new TreeSet<>();
    for (String segment : segments) {
      for (int copy = 0; copy < COPIES; copy++) {
        expected.add(segment.replaceFirst("/archive/[0-9]+-", "/archive/" + copy + "-"));
      }
    }
    assertEquals(expected, segments);
    JsonNode summary = Written.summary(runs.output("killed"));
    assertEquals(recordings.size(), summary.get("recordings").asInt());
    assertEquals(segments.size(), summary.get("segments").asInt());
  }

  private static int addAll(Set<String> all, Set<String> more) {
    all.addAll(more);
    return all.size();
  }

  @Exhaustive
  @Test
  void anOutputFolderThatCannotBeWrittenForAWhileCostsOnlyTime() throws Exception {
    // A file is in its place, as if a disk were not mounted: even root cannot write there.
    Path output = runs.output("out");
    Path away = runs.output("away");
    try (GemoclapProcess job =
        runs.annotate(cluster, ClusterRuns.SAMPLES, "out", "--parallelism=2")) {
      String id = cluster.awaitNewJob();
      Files.move(output, away);
      Files.createFile(output);
      job.await("an attempt fails", () -> !cluster.rest().failures(id).isEmpty());
      Files.delete(output);
      Files.move(away, output);
      job.finish(0);
    }
    assertEquals(15, runs.byId("out", "recordings", "recording").size());
    assertEquals(Written.summary(output).get("segments").asInt(), runs.annotations("out").size());
  }

  @Exhaustive
  @Test
  void aClipThatCrashesTheDecodersChildCostsItselfAlone() throws Exception {
    // WAVE files are decoded in Java, so that the child has only the one other file.
    Path input = Files.createDirectory(folder.resolve("clips"));
    Path clip = input.resolve("long.mp3");
    byte[] frames = Files.readAllBytes(ClusterRuns.SAMPLES.resolve("english-male-22k.mp3"));
    try (OutputStream out = Files.newOutputStream(clip)) {
      for (int i = 0; i < 400; i++) {
        out.write(frames);
      }
    }
    Set<String> others = new TreeSet<>();
    for (int i = 0; i < 8; i++) {
      Path wave = input.resolve("bored" + i + ".wav");
      Files.copy(ClusterRuns.SAMPLES.resolve("german-male-8k-mulaw.wav"), wave);
      others.add(wave.toString());
    }
    try (GemoclapProcess job =
        runs.annotate(cluster, input, "isolated", "--decoder=isolated", "--parallelism=2")) {
      // Until then, a job that estimates the archive's statistics decodes the recordings, too.
      Path statistics = runs.output("isolated").resolve(ArchiveStatisticsFile.FILE);
      job.await("the archive's statistics", () -> Files.exists(statistics));
      job.await("a child of a TaskManager", () -> crash(decoderChildren()));
      job.finish(0);
    }
    assertEquals(others, runs.byId("isolated", "recordings", "recording").keySet());
    Map<String, JsonNode> failures = runs.byId("isolated", "failures", "item");
    assertEquals(Set.of(clip.toString()), failures.keySet());
    assertEquals("CRASH", failures.get(clip.toString()).get("kind").asText(), failures.toString());
  }

  /**
   * The children that have a file, for which they have loaded FFmpeg; not the one that has loaded
   * it to check that it can be.
   */
  private static List<ProcessHandle> decoderChildren() {
    return cluster.taskManagers().stream()
        .flatMap(ProcessHandle::children)
        .filter(child -> child.info().commandLine().orElse("").endsWith("DecoderProcess"))
        .filter(BatchFaultsIT::isDecoding)
        .toList();
  }

  private static boolean isDecoding(ProcessHandle child) {
    try {
      return Files.readString(Path.of("/proc/" + child.pid() + "/maps")).contains("avcodec");
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether there was one, which then has crashed. */
  private static boolean crash(List<ProcessHandle> children) throws Exception {
    for (ProcessHandle child : children) {
      Process kill = new ProcessBuilder("kill", "-SEGV", Long.toString(child.pid())).start();
      assertEquals(0, kill.waitFor());
    }
    return !children.isEmpty();
  }

  @Test
  void onlyTheFailingItemOfABatchFails() throws Exception {
    ModelManifest manifest = Bundles.manifest(Bundles.BUNDLED);
    int dims = manifest.normalization().outputDims();
    FeatureOrigin origin = FeatureOrigin.of(manifest.featureSpec(), manifest.normalization());
    List<SpeechFeatures> items = new ArrayList<>();
    Set<String> good = new TreeSet<>();
    Set<String> bad = new TreeSet<>();
    for (int i = 0; i < 60; i++) {
      boolean guilty = i % 20 == 7;
      SegmentRef ref = new SegmentRef("call-" + i, 0, 0, 1 + i, Map.of());
      int columns = guilty ? dims + 1 : dims;
      FeatureMatrix matrix = FeatureMatrix.of(1, columns, new float[columns]);
      items.add(new SpeechFeatures(ref, matrix, origin));
      (guilty ? bad : good).add(ref.id());
    }

    assertEquals(PipelineResult.State.DONE, scored(items, runs.output("throws")));

    assertEquals(good, runs.annotations("throws").keySet());
    Map<String, JsonNode> failures = runs.byId("throws", "failures", "item");
    assertEquals(bad, failures.keySet());
    failures.values().forEach(row -> assertEquals("MODEL", row.get("kind").asText()));
  }

  private static PipelineResult.State scored(List<SpeechFeatures> items, Path output)
      throws IOException {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster(cluster.master());
    options.setParallelism(2);
    options.setFilesToStage(FlinkCluster.filesToStage());
    Pipeline pipeline = Pipeline.create(options);
    List<PCollection<Failure>> failures = new ArrayList<>();
    PCollection<SpeechEmbedding> embeddings =
        pipeline
            .apply(Create.of(items).withCoder(SpeechFeaturesCoder.of()))
            .apply(EmbedSpeech.with(Bundles.BUNDLED))
            .failuresTo(failures);
    PCollection<EmotionScores> scores =
        embeddings.apply(ScoreEmotions.with(Bundles.BUNDLED)).failuresTo(failures);
    PCollectionTuple.of(WriteAnnotations.SCORES, scores)
        .and(WriteAnnotations.FAILURES, PCollectionList.of(failures).apply(Flatten.pCollections()))
        .apply(WriteAnnotations.to(output.toString()));
    return pipeline.run().waitUntilFinish();
  }
}
