package io.gemoclap.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.model.FakeModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema transforms in this JVM, with a model in plain Java. */
@ExtendWith(TestPipelineExtension.class)
final class ProvidersTest {
  private FakeModels models;
  private int texts;

  @BeforeEach
  void installModels() {
    models = FakeModels.install();
  }

  @AfterEach
  void restoreModels() {
    models.close();
  }

  private static List<SchemaTransformProvider> ours() {
    return ServiceLoader.load(SchemaTransformProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.identifier().contains("gemoclap"))
        .toList();
  }

  @Test
  void beamFindsSixOfThem() {
    Set<String> found = new TreeSet<>();
    ours().forEach(provider -> found.add(provider.identifier()));
    Set<String> expected = new TreeSet<>();
    for (String name : List.of("annotate", "decode", "embed", "features", "rescore", "score")) {
      expected.add("beam:schematransform:io.gemoclap:" + name + ":v1");
    }
    assertEquals(expected, found);
  }

  @Test
  void everyTransformAndSettingIsDescribed() {
    for (SchemaTransformProvider provider : ours()) {
      assertTrue(provider.description().endsWith("."), provider.identifier());
      assertEquals(List.of("rows", "failures"), provider.outputCollectionNames());
      for (Schema.Field field : provider.configurationSchema().getFields()) {
        assertFalse(field.getDescription().isBlank(), provider.identifier() + " " + field);
        assertTrue(
            field.getType().getNullable() || field.getName().equals("results"), field.getName());
      }
    }
  }

  private static Row configuration(SchemaTransformProvider provider, Map<String, ?> settings) {
    Schema schema = provider.configurationSchema();
    Map<String, Object> values = new HashMap<>();
    schema.getFieldNames().forEach(name -> values.put(name, settings.get(name)));
    assertTrue(values.keySet().containsAll(settings.keySet()), settings.toString());
    return Row.withSchema(schema).withFieldValues(values).build();
  }

  private static PCollectionRowTuple apply(
      SchemaTransformProvider provider, Map<String, ?> settings, PCollection<Row> input) {
    return PCollectionRowTuple.of("input", input)
        .apply(provider.identifier(), provider.from(configuration(provider, settings)));
  }

  private PCollection<String> texts(PCollection<Row> rows, String... fields) {
    return rows.apply(
        "Texts " + texts++,
        MapElements.into(TypeDescriptors.strings())
            .via(
                row -> {
                  StringBuilder text = new StringBuilder();
                  for (String field : fields) {
                    text.append(text.isEmpty() ? "" : " ")
                        .append(String.valueOf(row.<Object>getValue(field)));
                  }
                  return text.toString();
                }));
  }

  /** Tests run in the module's folder with Maven, and in the repository's with other tools. */
  private static Path sample() {
    String name = "examples/samples/german-male-48k-stereo.wav";
    Path fromModule = Path.of("..").resolve(name);
    return Files.exists(fromModule) ? fromModule : Path.of(name);
  }

  private static final Schema FILES =
      Schema.builder()
          .addNullableStringField("uri")
          .addNullableStringField("recording")
          .addNullableByteArrayField("encoded")
          .addNullableStringField("agent")
          .build();

  private static Row file(String uri, String id, byte[] bytes) {
    return Row.withSchema(FILES).addValues(uri, id, bytes, "Kim").build();
  }

  private static PCollection<Row> files(TestPipeline pipeline, Row... rows) {
    return pipeline.apply(Create.of(List.of(rows)).withRowSchema(FILES));
  }

  @Test
  void recordingsAreAnnotatedAndEachBadOneIsAFailure(TestPipeline pipeline) throws IOException {
    String uri = sample().toString();
    PCollection<Row> input =
        files(
            pipeline,
            file(uri, null, null),
            file(null, "bytes", Files.readAllBytes(sample())),
            file("/nowhere.wav", "gone", null),
            file(null, "empty", null));
    PCollectionRowTuple annotated =
        apply(
            new AnnotateProvider(),
            Map.of(
                "segment",
                "whole",
                "labels",
                List.of("tired", "awake"),
                "top_k",
                1,
                "normalize",
                "recording"),
            input);
    PAssert.that(texts(annotated.get("rows"), "recording")).containsInAnyOrder(uri, "bytes");
    PAssert.that(annotated.get("rows"))
        .satisfies(
            rows -> {
              for (Row row : rows) {
                assertTrue(Set.of("tired", "awake").contains(row.getString("emotion")));
                assertEquals(1, row.getArray("scores").size());
                Row entry = row.<Row>getArray("metadata").iterator().next();
                assertEquals("agent Kim", entry.getString("key") + " " + entry.getString("value"));
              }
              return null;
            });
    PAssert.that(texts(annotated.get("failures"), "kindName", "item"))
        .containsInAnyOrder("UNREADABLE gone", "UNFIT empty");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void stageByStageGivesWhatAnnotateGives(TestPipeline pipeline) {
    PCollection<Row> input = files(pipeline, file(sample().toString(), "a", null));
    PCollectionRowTuple segments = apply(new DecodeProvider(), Map.of("channels", "split"), input);
    PCollectionRowTuple features = apply(new FeaturesProvider(), Map.of(), segments.get("rows"));
    PCollectionRowTuple embedded =
        apply(new EmbedProvider(), Map.of("max_batch_size", 2), features.get("rows"));
    PCollectionRowTuple scored =
        apply(new ScoreProvider(), Map.of("temperature", 0.5), embedded.get("rows"));
    PCollectionRowTuple annotated =
        apply(new AnnotateProvider(), Map.of("channels", "SPLIT"), input);
    PAssert.that(texts(scored.get("rows"), "segmentId", "modelId", "metadata"))
        .satisfies(rows -> hasTwoChannels(rows));
    PAssert.that(texts(annotated.get("rows"), "segmentId", "modelId", "metadata"))
        .satisfies(rows -> hasTwoChannels(rows));
    PAssert.that(scored.get("failures")).empty();
    pipeline.run().waitUntilFinish();
  }

  private static Void hasTwoChannels(Iterable<String> rows) {
    Set<String> channels = new TreeSet<>();
    rows.forEach(row -> channels.add(row.substring(0, row.indexOf(':'))));
    assertEquals(Set.of("a#0", "a#1"), channels);
    return null;
  }

  @Test
  void base64IsReadAndWhatIsNoneIsAFailure(TestPipeline pipeline) throws IOException {
    Schema schema = Schema.builder().addStringField("recording").addStringField("encoded").build();
    String sound = Base64.getEncoder().encodeToString(Files.readAllBytes(sample()));
    PCollection<Row> input =
        pipeline.apply(
            Create.of(
                    Row.withSchema(schema).addValues("good", sound).build(),
                    Row.withSchema(schema).addValues("bad", "~~").build())
                .withRowSchema(schema));
    PCollectionRowTuple decoded = apply(new DecodeProvider(), Map.of("segment", "whole"), input);
    PAssert.that(texts(decoded.get("rows"), "recording")).containsInAnyOrder("good");
    PAssert.that(texts(decoded.get("failures"), "kindName", "item"))
        .containsInAnyOrder("UNFIT bad");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void anInputWithoutRecordingsIsRejectedWhenThePipelineIsBuilt() {
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    Schema schema = Schema.builder().addStringField("recording").build();
    PCollection<Row> input = pipeline.apply(Create.empty(schema));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> apply(new AnnotateProvider(), Map.of(), input))
            .getMessage();
    assertTrue(message.contains("needs 'uri'"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "segment, words, 'must be vad, whole or fixed'",
    "channels, left, 'one of [mix, split]'",
    "precision, int8, 'one of [fp32, fp16]'",
    "normalize, all, 'one of [none, archive, recording, speaker, auto]'",
    "stream, last, 'first, loudest, all or a number'",
    "model, /no/bundle, /no/bundle",
  })
  void aWrongSettingIsNamed(String setting, String value, String message) {
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    PCollection<Row> input = files(pipeline, file("a.wav", null, null));
    RuntimeException e =
        assertThrows(
            RuntimeException.class,
            () -> apply(new AnnotateProvider(), Map.of(setting, value), input));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
