package io.gemoclap.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.AnnotateSpeech;
import io.gemoclap.Exhaustive;
import io.gemoclap.audio.ListRecordings;
import io.gemoclap.audio.Recording;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.write.WriteAnnotations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.beam.model.pipeline.v1.ExternalTransforms.SchemaTransformPayload;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaTranslation;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ToJson;
import org.apache.beam.sdk.util.construction.External;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.vendor.grpc.v1p69p0.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our transforms as a pipeline in another language uses them: the expansion service of the jar
 * expands them, and workers of the jar run them.
 */
@Exhaustive
final class ExpansionServiceIT {
  private static final String SCHEMA_TRANSFORM = "beam:expansion:payload:schematransform:v1";
  private static final Path SAMPLES = Path.of("examples", "samples");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  /** Flink waits without end for a worker that has died. */
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  @Test
  void everyTransformOfTheJarRunsAsInJava() throws Exception {
    Path input = recordings();
    String results = folder.resolve("results").toString();
    annotateInJava(input, results);
    Map<String, Double> expected = new TreeMap<>();
    for (JsonNode row : lines(results, "annotations")) {
      expected.put(row.get("segment_id").asText(), row.get("confidence").asDouble());
    }
    assertEquals(2, expected.size());

    try (ExpansionService service = ExpansionService.start(folder)) {
      Pipeline pipeline = PortableFlink.pipeline(service.address());
      PCollection<Row> recordings = uris(pipeline, input);
      PCollectionTuple decoded = stage(service, new DecodeProvider(), Map.of(), recordings);
      PCollectionTuple features = stage(service, new FeaturesProvider(), Map.of(), rows(decoded));
      PCollectionTuple embedded = stage(service, new EmbedProvider(), Map.of(), rows(features));
      write("scored", stage(service, new ScoreProvider(), Map.of(), rows(embedded)));
      write("annotated", stage(service, new AnnotateProvider(), Map.of(), recordings));
      write(
          "rescored",
          PCollectionRowTuple.empty(pipeline)
              .apply(
                  "rescore", external(service, new RescoreProvider(), Map.of("results", results))));
      writeRows("decoded", failures(decoded));
      service.orLog(() -> PortableFlink.run(pipeline));
    }

    for (String rows : List.of("scored-rows", "annotated-rows", "rescored-rows")) {
      Map<String, Double> found = new TreeMap<>();
      for (JsonNode row : lines(folder.toString(), rows)) {
        found.put(row.get("segmentId").asText(), row.get("confidence").asDouble());
        assertEquals("Kim", row.get("metadata").get(0).get("value").asText(), rows);
      }
      assertEquals(expected.keySet(), found.keySet(), rows);
      expected.forEach((id, p) -> assertEquals(p, found.get(id), 1e-4, rows + " " + id));
    }
    for (String failures : List.of("annotated-failures", "decoded", "rescored-failures")) {
      Set<String> kinds = new TreeSet<>();
      for (JsonNode row : lines(folder.toString(), failures)) {
        kinds.add(row.get("kindName").asText() + " " + name(row.get("item").asText()));
      }
      assertEquals(Set.of("UNSUPPORTED notes.txt"), kinds, failures);
    }
  }

  /** Two recordings and a file that is none. */
  private Path recordings() throws IOException {
    Path input = Files.createDirectory(folder.resolve("in"));
    for (String name : List.of("german-male-48k-stereo.wav", "english-female-48k-stereo.webm")) {
      Files.copy(SAMPLES.resolve(name), input.resolve(name));
    }
    Files.writeString(input.resolve("notes.txt"), "Call them back on Monday, please.\n");
    return input;
  }

  private static void annotateInJava(Path input, String results) {
    Pipeline pipeline = Pipeline.create();
    AnnotateSpeech.Result result =
        pipeline
            .apply(ListRecordings.of(input.toString()))
            .apply(
                MapElements.into(TypeDescriptor.of(Recording.class))
                    .via(recording -> recording.withMetadata(Map.of("agent", "Kim"))))
            .apply(AnnotateSpeech.with(Bundles.BUNDLED));
    result
        .toTuple()
        .and(WriteAnnotations.EMBEDDINGS, result.embeddings())
        .apply(WriteAnnotations.to(results));
    pipeline.run().waitUntilFinish();
  }

  /** What a file of a pipeline in YAML or Python would say. */
  private static PCollection<Row> uris(Pipeline pipeline, Path input) throws IOException {
    Schema schema = Schema.builder().addStringField("uri").addStringField("agent").build();
    List<Row> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(input)) {
      files.forEach(
          file -> rows.add(Row.withSchema(schema).addValues(file.toString(), "Kim").build()));
    }
    return pipeline.apply(Create.of(rows).withRowSchema(schema));
  }

  private static PCollectionTuple stage(
      ExpansionService service,
      StageProvider<?> provider,
      Map<String, Object> settings,
      PCollection<Row> input)
      throws IOException {
    return PCollectionRowTuple.of(StageProvider.INPUT, input)
        .apply(provider.identifier(), external(service, provider, settings));
  }

  private static External.MultiOutputExpandableTransform<PCollectionRowTuple> external(
      ExpansionService service, StageProvider<?> provider, Map<String, Object> settings)
      throws IOException {
    Schema schema = provider.configurationSchema();
    Row configuration = Row.withSchema(schema).withFieldValues(nulls(schema, settings)).build();
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    RowCoder.of(schema).encode(configuration, encoded);
    byte[] payload =
        SchemaTransformPayload.newBuilder()
            .setIdentifier(provider.identifier())
            .setConfigurationSchema(SchemaTranslation.schemaToProto(schema, true))
            .setConfigurationRow(ByteString.copyFrom(encoded.toByteArray()))
            .build()
            .toByteArray();
    return External.<PCollectionRowTuple, Row>of(SCHEMA_TRANSFORM, payload, service.address())
        .withMultiOutputs();
  }

  private static Map<String, Object> nulls(Schema schema, Map<String, Object> settings) {
    Map<String, Object> values = new TreeMap<>();
    schema.getFieldNames().forEach(name -> values.put(name, settings.get(name)));
    return values;
  }

  private static PCollection<Row> rows(PCollectionTuple outputs) {
    return output(outputs, StageProvider.ROWS);
  }

  private static PCollection<Row> failures(PCollectionTuple outputs) {
    return output(outputs, StageProvider.FAILURES);
  }

  private static PCollection<Row> output(PCollectionTuple outputs, String name) {
    return outputs.get(new TupleTag<Row>(name));
  }

  private void write(String name, PCollectionTuple outputs) {
    writeRows(name + "-rows", rows(outputs));
    writeRows(name + "-failures", failures(outputs));
  }

  private void writeRows(String name, PCollection<Row> rows) {
    rows.apply(name + " as JSON", ToJson.of())
        .apply(
            "Write " + name, TextIO.write().to(folder.resolve(name).toString()).withoutSharding());
  }

  private static List<JsonNode> lines(String folder, String prefix) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith(prefix)).toList()) {
        for (String line : Files.readAllLines(file)) {
          rows.add(JSON.readTree(line));
        }
      }
    }
    assertFalse(rows.isEmpty(), prefix);
    return rows;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
