package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same recordings give the same rows on both runners, to 1e-4 in every probability. */
final class FlinkParityIT {
  private static final double TOLERANCE = 1e-4;

  @TempDir private Path folder;

  @Test
  void flinkAnnotatesSomeSamplesAsTheDirectRunnerDoes() throws IOException {
    compare(samples().subList(1, 4), Bundles.BUNDLED);
  }

  private static List<Path> samples() throws IOException {
    List<Path> files = files(Path.of("examples", "samples").toAbsolutePath());
    assertEquals(15, files.size());
    return files;
  }

  @Exhaustive
  @Test
  void flinkNormalizesTheSamplesAsTheDirectRunnerDoes() throws IOException {
    List<Path> files = samples();
    Path bundle = UntrainedBundle.byRecording(folder.resolve("bundle"));

    Map<String, JsonNode> normalized = compare(files, bundle.toString());

    long changed =
        annotate(files, UntrainedBundle.plain(folder.resolve("plain-bundle")).toString(), "plain")
            .entrySet()
            .stream()
            .filter(plain -> differ(plain.getValue(), normalized.get(plain.getKey())))
            .count();
    // A recording with one segment is standardised mostly by the training corpus.
    assertTrue(changed > normalized.size() / 2, changed + " rows that normalising changed");
  }

  /** The archive is the input: its statistics are a side input on both runners. */
  @Test
  void flinkNormalizesByArchiveAndRecordingAsTheDirectRunnerDoes() throws IOException {
    Path bundle = UntrainedBundle.hierarchical(folder.resolve("hierarchical"));
    List<Path> files = new ArrayList<>(samples().subList(1, 4));
    compare(files, bundle.toString());
  }

  /** Whether any probability moved, by far more than runners may differ. */
  private static boolean differ(JsonNode one, JsonNode other) {
    double shift = 0;
    for (String map : List.of("scores", "gender_scores")) {
      for (String label : (Iterable<String>) one.get(map)::fieldNames) {
        double moved = one.get(map).get(label).asDouble() - other.get(map).get(label).asDouble();
        shift = Math.max(shift, Math.abs(moved));
      }
    }
    return shift > 10 * TOLERANCE;
  }

  /** Every fourth file, or every one with {@code -Dgemoclap.parity.step=1}. */
  @Exhaustive
  @Test
  void flinkAnnotatesRealSpeechAsTheDirectRunnerDoes() throws IOException {
    String data = System.getenv("GEMOCLAP_DATA");
    Path root = data == null ? Path.of("..", "shared", "data") : Path.of(data);
    Path audio = root.resolve("emodb").resolve("audio").toAbsolutePath().normalize();
    assumeTrue(Files.isDirectory(audio), "no folder " + audio + " (set GEMOCLAP_DATA)");
    List<Path> files = files(audio);
    int step = Integer.getInteger("gemoclap.parity.step", 4);
    compare(
        IntStream.range(0, files.size()).filter(i -> i % step == 0).mapToObj(files::get).toList(),
        Bundles.BUNDLED);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private Map<String, JsonNode> compare(List<Path> files, String bundle) throws IOException {
    Map<String, JsonNode> direct =
        annotate(
            files,
            bundle,
            "direct",
            "--runner=DirectRunner",
            "--enforceImmutability=false",
            "--enforceEncodability=false");
    Map<String, JsonNode> flink =
        annotate(
            files,
            bundle,
            "flink",
            "--runner=FlinkRunner",
            "--flinkMaster=[local]",
            "--parallelism=2");

    assertTrue(direct.size() >= files.size(), direct.size() + " rows");
    assertEquals(direct.keySet(), flink.keySet());
    direct.forEach((id, row) -> assertSame(row, flink.get(id)));
    return direct;
  }

  private static void assertSame(JsonNode direct, JsonNode flink) {
    String id = direct.get("segment_id").asText();
    for (String map : List.of("scores", "gender_scores")) {
      assertEquals(direct.get(map).size(), flink.get(map).size(), id);
      direct
          .get(map)
          .fields()
          .forEachRemaining(
              score ->
                  assertEquals(
                      score.getValue().asDouble(),
                      flink.get(map).get(score.getKey()).asDouble(),
                      TOLERANCE,
                      id));
    }
    for (String column :
        List.of("recording", "channel", "start_s", "end_s", "model_id", "label_set")) {
      assertEquals(direct.get(column), flink.get(column), id);
    }
  }

  private Map<String, JsonNode> annotate(
      List<Path> files, String bundle, String name, String... options) throws IOException {
    Path output = folder.resolve(name);
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(options).create());
    pipeline
        .apply(
            Create.of(files.stream().map(file -> Recording.file(file.toString())).toList())
                .withCoder(RecordingCoder.of()))
        .apply(AnnotateSpeech.with(bundle))
        .toTuple()
        .apply(WriteAnnotations.to(output.toString()));
    assertEquals(PipelineResult.State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(files.size(), Written.summary(output).get("recordings").asInt());
    Map<String, JsonNode> rows = new TreeMap<>();
    for (JsonNode row : Written.jsonLines(output, "annotations")) {
      rows.put(row.get("segment_id").asText(), row);
    }
    return rows;
  }
}
