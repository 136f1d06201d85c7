package io.gemoclap.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.Iterables;
import io.gemoclap.AnnotateSpeech;
import io.gemoclap.audio.ListRecordings;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.failure.Outcome;
import io.gemoclap.score.LabelScore;
import io.gemoclap.score.Labels;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
final class ExamplesTest {
  private static final Path SAMPLES = Path.of("samples");
  private static final Set<String> LABELS =
      Set.of("anger", "boredom", "disgust", "fear", "happiness", "neutral", "sadness");

  @TempDir private Path folder;
  private String input;
  private String output;

  /** Two recordings and a file that is none. */
  @BeforeEach
  void copySamples() throws IOException {
    Path recordings = Files.createDirectory(folder.resolve("in"));
    for (String name : List.of("german-male-48k-stereo.wav", "english-female-48k-stereo.webm")) {
      Files.copy(SAMPLES.resolve(name), recordings.resolve(name));
    }
    Files.writeString(recordings.resolve("notes.txt"), "Call them back on Monday, please.\n");
    input = recordings + "/*";
    output = folder.resolve("out").toString();
  }

  @Test
  void scoresOneFileAsTheClassesWithoutBeamDo(TestPipeline pipeline)
      throws IOException, DecodeException {
    Path file = SAMPLES.resolve("german-female-48k.opus");
    Map<String, Double> byHand = ByHand.score(file);
    assertEquals(LABELS, byHand.keySet());
    assertEquals(1, byHand.values().stream().mapToDouble(p -> p).sum(), 1e-9);

    PAssert.that(E01ScoreOneFile.buildPipeline(pipeline, file.toString()).scores())
        .satisfies(
            scores -> {
              List<LabelScore> found = Iterables.getOnlyElement(scores).getScores();
              assertEquals(
                  List.copyOf(byHand.keySet()), found.stream().map(LabelScore::getLabel).toList());
              for (LabelScore score : found) {
                assertEquals(byHand.get(score.getLabel()), score.getProbability(), 1e-4);
              }
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void annotatesAFolder(TestPipeline pipeline) throws IOException {
    E02AnnotateFolder.buildPipeline(pipeline, input, output);
    pipeline.run().waitUntilFinish();

    assertEquals(
        Set.of("german-male-48k-stereo.wav", "english-female-48k-stereo.webm"),
        Written.names(Written.rows(output, "annotations"), "recording"));
    assertEquals(
        Set.of("german-male-48k-stereo.wav", "english-female-48k-stereo.webm"),
        Written.names(Written.rows(output, "recordings"), "recording"));
    assertEquals(Set.of("notes.txt"), Written.names(Written.rows(output, "failures"), "item"));
  }

  @Test
  void writesSpectrogramsOfTwoSeconds(TestPipeline pipeline) {
    E03FeaturesToParquet.buildPipeline(pipeline, input, output);
    pipeline.run().waitUntilFinish();

    Map<String, Integer> frames = new TreeMap<>();
    Written.parquet(output, "features")
        .forEach(row -> frames.put(Written.place(row), (Integer) row.get("frames")));
    assertEquals(
        Map.of(
            "german-male-48k-stereo.wav 0.0", 201,
            "english-female-48k-stereo.webm 0.0", 201,
            "english-female-48k-stereo.webm 2.0", 111),
        frames);
  }

  @Test
  void writesEmbeddingsAndFailuresApart(TestPipeline pipeline) throws IOException {
    String failed = folder.resolve("failed").toString();
    E04EmbedToParquet.buildPipeline(pipeline, input, output, failed);
    pipeline.run().waitUntilFinish();

    assertEquals(
        Set.of("german-male-48k-stereo.wav 256", "english-female-48k-stereo.webm 256"),
        Written.parquet(output, "embeddings").stream()
            .map(
                row ->
                    Written.name(row.get("recording")) + " " + Written.list(row, "vector").size())
            .collect(Collectors.toSet()));
    assertEquals(Set.of("notes.txt"), Written.names(Written.rows(failed, "failures"), "item"));
  }

  @Test
  void scoresStoredEmbeddingsWithOtherLabels(TestPipeline pipeline) throws IOException {
    TestPipeline first = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    E04EmbedToParquet.buildPipeline(first, input, output, folder.resolve("failed").toString());
    first.run().waitUntilFinish();
    String rescored = folder.resolve("rescored").toString();

    E05OtherLabels.buildPipeline(pipeline, output, Labels.parse("calm,furious"), rescored);
    pipeline.run().waitUntilFinish();

    List<JsonNode> rows = Written.rows(rescored, "annotations");
    assertEquals(
        Set.of("german-male-48k-stereo.wav", "english-female-48k-stereo.webm"),
        Written.names(rows, "recording"));
    for (JsonNode row : rows) {
      Set<String> labels = new TreeSet<>();
      row.get("scores").fieldNames().forEachRemaining(labels::add);
      assertEquals(Set.of("calm", "furious"), labels);
    }
  }

  /** Annotates the two recordings with features and embeddings. */
  private void annotate(String results) {
    Pipeline pipeline = Pipeline.create();
    AnnotateSpeech.Result result =
        pipeline
            .apply(ListRecordings.of(input))
            .apply(
                MapElements.into(TypeDescriptor.of(Recording.class))
                    .via(
                        recording ->
                            recording.withMetadata(
                                Map.of("agent", "Kim", "time", "2026-01-01T12:34:56Z"))))
            .apply(AnnotateSpeech.with(Bundles.BUNDLED));
    result
        .toTuple()
        .and(WriteAnnotations.FEATURES, result.features())
        .and(WriteAnnotations.EMBEDDINGS, result.embeddings())
        .apply(WriteAnnotations.to(results));
    pipeline.run().waitUntilFinish();
  }

  private static Map<String, Double> confidences(String folder) throws IOException {
    Map<String, Double> confidences = new TreeMap<>();
    Written.rows(folder, "annotations")
        .forEach(
            row ->
                confidences.put(row.get("segment_id").asText(), row.get("confidence").asDouble()));
    return confidences;
  }

  @Test
  void scoresStoredFeaturesAgainAsTheyWereScored(TestPipeline pipeline) throws IOException {
    String results = folder.resolve("results").toString();
    annotate(results);

    E08Rescore.buildPipeline(pipeline, results, Bundles.BUNDLED, output);
    pipeline.run().waitUntilFinish();

    Map<String, Double> before = confidences(results);
    Map<String, Double> after = confidences(output);
    assertEquals(before.keySet(), after.keySet());
    assertFalse(before.isEmpty());
    before.forEach((id, p) -> assertEquals(p, after.get(id), 1e-4, id));
  }

  @Test
  void findsTheNearestSegmentsWithTheExampleFirst(TestPipeline pipeline) throws IOException {
    String results = folder.resolve("results").toString();
    annotate(results);
    Set<String> segments = new TreeSet<>(confidences(results).keySet());
    String example = segments.iterator().next();

    int dims = Bundles.manifest(Bundles.BUNDLED).dims();
    PAssert.thatSingleton(E09NearestSegments.buildPipeline(pipeline, results, example, dims))
        .satisfies(
            nearest -> {
              assertEquals(example, nearest.get(0).getKey());
              assertEquals(1, nearest.get(0).getValue(), 1e-5);
              assertEquals(segments, nearest.stream().map(KV::getKey).collect(Collectors.toSet()));
              for (int i = 1; i < nearest.size(); i++) {
                assertTrue(nearest.get(i).getValue() <= nearest.get(i - 1).getValue());
              }
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  /** Every value is compared with what the result files say. */
  @Test
  void groupsWindowsAndJoinsWithSql(TestPipeline pipeline) throws IOException {
    String results = folder.resolve("results").toString();
    annotate(results);

    E10Sql.buildPipeline(pipeline, results, "tired and sad", output);
    pipeline.run().waitUntilFinish();

    Map<String, Integer> hours = new TreeMap<>();
    Map<String, Double> anger = new TreeMap<>();
    for (JsonNode row : Written.rows(results, "annotations")) {
      String group = "12:00 Kim " + row.get("emotion").asText();
      hours.merge(group, 1, Integer::sum);
      anger.merge(group, row.get("scores").get("anger").asDouble(), Double::sum);
    }
    Map<String, Integer> found = new TreeMap<>();
    for (JsonNode row : Written.rows(output, "hours")) {
      assertEquals("2026-01-01T12:00:00.000Z", row.get("hour_start").asText());
      String group = "12:00 " + row.get("agent").asText() + " " + row.get("emotion").asText();
      found.put(group, row.get("segments").asInt());
      assertEquals(anger.get(group) / found.get(group), row.get("anger").asDouble(), 1e-9);
    }
    assertEquals(hours, found);

    Map<String, String> emotions = new TreeMap<>();
    Written.rows(results, "recordings")
        .forEach(r -> emotions.put(r.get("recording").asText(), r.get("emotion").asText()));
    Map<String, List<Float>> vectors = new TreeMap<>();
    Written.parquet(results, "embeddings")
        .forEach(
            row ->
                vectors.put(
                    row.get("segment_id").toString(),
                    Written.list(row, "vector").stream().map(v -> (Float) v).toList()));
    List<JsonNode> similar = Written.rows(output, "similar");
    assertEquals(vectors.size(), similar.size());
    float[] text = ByHand.text("tired and sad");
    for (JsonNode row : similar) {
      String segment = row.get("segmentId").asText();
      assertEquals(
          emotions.get(segment.substring(0, segment.lastIndexOf('#'))),
          row.get("emotion").asText());
      List<Float> vector = vectors.get(segment);
      double cosine = 0;
      for (int d = 0; d < text.length; d++) {
        cosine += vector.get(d) * text[d] * Math.sqrt(2);
      }
      assertEquals(cosine, row.get("similarity").asDouble(), 1e-5);
    }
  }

  @Test
  void nearestIsTheEmotionNotTheVoice(TestPipeline pipeline) throws IOException {
    String results = folder.resolve("embeddings").toString();
    Pipeline write = Pipeline.create();
    PCollectionTuple.of(
            WriteAnnotations.EMBEDDINGS,
            write.apply(
                Create.of(
                    embedding("example.wav", 1, 0, 1, 0),
                    embedding("other-voice.wav", 1, 0, -1, 0),
                    embedding("same-voice.wav", 0, 1, 1, 0))))
        .apply(WriteAnnotations.to(results));
    write.run().waitUntilFinish();

    String example = embedding("example.wav", 1, 0, 1, 0).ref().id();
    PAssert.thatSingleton(E09NearestSegments.buildPipeline(pipeline, results, example, 2))
        .satisfies(
            nearest -> {
              Map<String, Double> cosines = new TreeMap<>();
              nearest.forEach(
                  each -> cosines.put(each.getKey().replaceFirst("#.*", ""), each.getValue()));
              assertEquals(1, cosines.get("example.wav"), 1e-6);
              assertEquals(1, cosines.get("other-voice.wav"), 1e-6);
              assertEquals(0, cosines.get("same-voice.wav"), 1e-6);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  /** Of a model with a branch for the voice: the second half of the vector. */
  private static SpeechEmbedding embedding(String recording, float... parts) {
    float[] vector = new float[parts.length];
    for (int d = 0; d < parts.length; d++) {
      vector[d] = parts[d] * (float) Math.sqrt(0.5);
    }
    return new SpeechEmbedding(
        new SegmentRef(recording, 0, 0, 1, Map.of()), vector, new BundleRef("", "model"));
  }

  @Test
  void annotatesMessagesMinuteByMinute(TestPipeline pipeline) throws IOException {
    Instant noon = Instant.parse("2026-01-01T12:00:00Z");
    byte[] first = Files.readAllBytes(SAMPLES.resolve("german-male-48k-stereo.wav"));
    byte[] second = Files.readAllBytes(SAMPLES.resolve("english-female-48k-stereo.webm"));
    TestStream<KV<String, byte[]>> queue =
        TestStream.create(KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of()))
            .advanceWatermarkTo(noon)
            .addElements(
                TimestampedValue.of(KV.of("call-1", first), noon.plus(Duration.standardSeconds(5))))
            .addElements(
                TimestampedValue.of(
                    KV.of("call-2", second), noon.plus(Duration.standardSeconds(70))))
            .advanceWatermarkToInfinity();

    E06BytesFromAQueue.buildPipeline(pipeline.apply(queue), output);
    pipeline.run().waitUntilFinish();

    Map<String, String> files = new TreeMap<>();
    for (Path file : Written.files(output, "annotations")) {
      JsonNode row = Written.read(file).get(0);
      files.put(file.getFileName().toString(), row.get("recording").asText());
      assertEquals("calls", row.get("metadata").get("queue").asText());
    }
    assertFalse(Files.exists(Path.of(output, "summary.json")), "the counts of an endless run");
    assertEquals(
        Map.of(
            "annotations-20260101T120000Z-0-00000-of-00001.jsonl", "call-1",
            "annotations-20260101T120100Z-0-00000-of-00001.jsonl", "call-2"),
        files);
  }

  @Test
  void recordsAreAnnotatedAndUnreadableOnesAreFailures(TestPipeline pipeline) throws IOException {
    TupleTag<Recording> recordings = new TupleTag<>() {};
    TupleTag<Failure> failures = new TupleTag<>() {};
    Recording call =
        Recording.bytes(
                "kafka:calls/0/0",
                Files.readAllBytes(SAMPLES.resolve("german-male-48k-stereo.wav")))
            .withMetadata(Map.of("kafka.key", "Ada"));
    Failure unread =
        Failure.of("ReadRecordings", FailureKind.NO_AUDIO, "kafka:calls/0/1", "", "No value");

    PCollectionTuple results =
        E07FromKafkaToKafka.annotate(
            Outcome.of(
                PCollectionTuple.of(
                        recordings, pipeline.apply(Create.of(call).withCoder(RecordingCoder.of())))
                    .and(failures, pipeline.apply("Unread", Create.of(unread))),
                recordings,
                failures));

    PAssert.that(results.get(WriteAnnotations.FAILURES)).containsInAnyOrder(unread);
    PAssert.that(
            results
                .get(WriteAnnotations.SCORES)
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(scores -> scores.getMetadata().get("kafka.key")))
                .apply(Distinct.create()))
        .containsInAnyOrder("Ada");
    pipeline.run();
  }

  @Test
  void theTableNamesEveryExample() throws IOException {
    String table = Files.readString(Path.of("README.md"));
    Path sources = Path.of("src/main/java/io/gemoclap/examples");
    try (Stream<Path> files = Files.list(sources)) {
      List<String> examples =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .filter(name -> name.startsWith("E"))
              .sorted(Comparator.naturalOrder())
              .toList();
      assertEquals(10, examples.size());
      for (String example : examples) {
        assertTrue(table.contains("examples/run " + example), example);
        assertTrue(
            Files.readString(sources.resolve(example + ".java"))
                .contains("examples/run " + example),
            example);
      }
    }
  }
}
