package io.gemoclap.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Throwables;
import io.gemoclap.audio.DecodedRecording;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureOrigin;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.LabelScore;
import io.gemoclap.score.RecordingSummary;
import io.gemoclap.write.OutputFormat;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is written can be read again, column by column, and only from finished parts. */
@ExtendWith(TestPipelineExtension.class)
final class ReadResultsTest {
  private static final SegmentRef REF =
      new SegmentRef("/calls/a.wav", 1, 0.5, 2.25, Map.of("speaker", "Kim"), 0.75);
  private static final SpeechEmbedding EMBEDDING =
      new SpeechEmbedding(REF, new float[] {0.6f, -0.8f}, new BundleRef("", "0123456789abcdef"), 3);
  private static final SpeechFeatures FEATURES =
      new SpeechFeatures(
          REF,
          FeatureMatrix.of(2, 3, new float[] {1, 2, 3, 4, 5, 6.5f}),
          new FeatureOrigin("spec", "statistics"));
  private static final Failure FAILURE =
      Failure.at("EmbedSpeech", FailureKind.MODEL, "a#1", "/calls/a.wav", 0.5, "It failed")
          .withMetadata(Map.of("box", "7"));

  @TempDir private Path folder;
  private Path results;

  @BeforeEach
  void names() {
    results = folder.resolve("results");
  }

  private static EmotionScores scores() {
    return EmotionScores.builder()
        .setRecording(REF.recording())
        .setSegmentId(REF.id())
        .setChannel(1)
        .setStartSeconds(0.5)
        .setEndSeconds(2.25)
        .setEmotion("sad")
        .setConfidence(0.7)
        .setAbstained(true)
        .setScores(List.of(LabelScore.of("angry", 0.3), LabelScore.of("sad", 0.7)))
        .setGender("female")
        .setGenderScores(List.of(LabelScore.of("female", 0.9), LabelScore.of("male", 0.1)))
        .setModelId("0123456789abcdef")
        .setLabelSet("labels")
        .setMetadata(REF.metadata())
        .setSpeechProbability(0.75)
        .setOutOfDomain(3)
        .build();
  }

  private static RecordingSummary summary() {
    return RecordingSummary.builder()
        .setRecording(REF.recording())
        .setChannel(1)
        .setSegments(1)
        .setSpeechSeconds(1.75)
        .setRecordingSeconds(4)
        .setTruncated(true)
        .setEmotion("sad")
        .setScores(List.of(LabelScore.of("sad", 0.7)))
        .setGender("female")
        .setGenderScores(List.of(LabelScore.of("female", 0.9)))
        .setLabelSet("labels")
        .setModelId("0123456789abcdef")
        .setNotes(List.of("truncated"))
        .build();
  }

  private static DecodedRecording decoded() {
    return DecodedRecording.builder()
        .setRecording(REF.recording())
        .setContainer("wav")
        .setCodec("pcm")
        .setSourceRate(16_000)
        .setChannels(2)
        .setSeconds(4)
        .setTruncated(true)
        .setBadPackets(0)
        .setNonFiniteSamples(0)
        .setSegments(1)
        .setMetadata(Map.of())
        .setOutputChannels(2)
        .setNotes(List.of("truncated"))
        .build();
  }

  /** Writes one row of each kind as a finished part. */
  private void write(Set<OutputFormat> formats) {
    Pipeline pipeline = Pipeline.create();
    PCollectionTuple.of(WriteAnnotations.SCORES, pipeline.apply("s", Create.of(scores())))
        .and(WriteAnnotations.RECORDINGS, pipeline.apply("r", Create.of(summary())))
        .and(WriteAnnotations.EMBEDDINGS, pipeline.apply("e", Create.of(EMBEDDING)))
        .and(WriteAnnotations.FEATURES, pipeline.apply("f", Create.of(FEATURES)))
        .and(WriteAnnotations.FAILURES, pipeline.apply("x", Create.of(FAILURE)))
        .and(WriteAnnotations.DECODED, pipeline.apply("d", Create.of(decoded())))
        .apply(WriteAnnotations.to(results.toString()).withFormats(formats).withPart("00000"));
    pipeline.run().waitUntilFinish();
  }

  private static <T> void assertReads(
      TestPipeline pipeline, PTransform<PBegin, PCollection<T>> read, T expected) {
    PAssert.thatSingleton(pipeline.apply(read)).isEqualTo(expected);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void annotationsKeepEveryColumn(TestPipeline pipeline) {
    write(Set.of(OutputFormat.JSONL));
    assertReads(pipeline, ReadAnnotations.from(results.toString()), scores());
  }

  @Test
  void annotationsOfParquetKeepEveryColumn(TestPipeline pipeline) {
    write(Set.of(OutputFormat.PARQUET));
    assertReads(pipeline, ReadAnnotations.from(results.toString()), scores());
  }

  @Test
  void annotationsInBothFormatsAreReadOnce(TestPipeline pipeline) {
    write(Set.of(OutputFormat.JSONL, OutputFormat.PARQUET));
    assertReads(pipeline, ReadAnnotations.from(results.toString()), scores());
  }

  @Test
  void embeddingsKeepMetadataAndSpeechProbability(TestPipeline pipeline) {
    write(Set.of(OutputFormat.JSONL));
    assertReads(pipeline, ReadEmbeddings.from(results.toString()), EMBEDDING);
  }

  @Test
  void featuresKeepTheirOrigin(TestPipeline pipeline) {
    write(Set.of(OutputFormat.JSONL));
    assertReads(pipeline, ReadFeatures.from(results.toString()), FEATURES);
  }

  @Test
  void featuresOfOtherRecordingsAreNotRead(TestPipeline pipeline) throws IOException {
    write(Set.of(OutputFormat.JSONL));
    // Enough of them, so that Parquet writes a dictionary of their recordings.
    List<SpeechFeatures> others = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      others.add(
          new SpeechFeatures(
              new SegmentRef("/calls/b.wav", 0, i, i + 1, Map.of()),
              FEATURES.matrix(),
              FEATURES.origin()));
    }
    Pipeline more = Pipeline.create();
    PCollectionTuple.of(WriteAnnotations.FEATURES, more.apply(Create.of(others)))
        .and(WriteAnnotations.DECODED, more.apply("d", Create.of(decoded())))
        .apply(WriteAnnotations.to(results.toString()).withPart("00001"));
    more.run().waitUntilFinish();
    try (Stream<Path> files = Files.list(results)) {
      for (Path file : files.filter(f -> f.toString().contains("features-00001-")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        int values = placeOfValues(file);
        Arrays.fill(bytes, values, values + 20, (byte) -1);
        Files.write(file, bytes);
      }
    }
    Pipeline all = Pipeline.create();
    all.apply(ReadFeatures.from(results.toString()));
    assertThrows(RuntimeException.class, () -> all.run().waitUntilFinish());

    ReadFeatures some =
        ReadFeatures.from(results.toString()).ofRecordings(Set.of(REF.recording(), "/none.wav"));
    assertReads(pipeline, some, FEATURES);
  }

  private static int placeOfValues(Path file) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      return reader.getFooter().getBlocks().get(0).getColumns().stream()
          .filter(column -> column.getPath().toDotString().startsWith("values"))
          .mapToInt(column -> (int) column.getStartingPos())
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void summariesKeepEveryColumn(TestPipeline pipeline) {
    write(Set.of(OutputFormat.JSONL));
    assertReads(pipeline, ReadSummaries.from(results.toString()), summary());
  }

  @Test
  void failuresKeepEveryColumn(TestPipeline pipeline) {
    write(Set.of(OutputFormat.JSONL));
    assertReads(pipeline, ReadFailures.from(results.toString()), FAILURE);
  }

  @Test
  void rowsHaveTheCoderOfTheirType(TestPipeline pipeline) throws Exception {
    write(Set.of(OutputFormat.JSONL));
    Coder<SpeechEmbedding> coder =
        pipeline.getCoderRegistry().getCoder(TypeDescriptor.of(SpeechEmbedding.class));
    assertEquals(coder, pipeline.apply(ReadEmbeddings.from(results.toString())).getCoder());
    assertTrue(pipeline.apply(ReadAnnotations.from(results.toString())).hasSchema());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void filesOfAnUnfinishedPartDoNotCount(TestPipeline pipeline) throws IOException {
    write(Set.of(OutputFormat.JSONL));
    Files.writeString(results.resolve("job.json"), "{}");
    Files.writeString(
        results.resolve("annotations-00001-00000-of-00001.jsonl"), "of a job that was killed\n");
    assertTrue(ResultFiles.isUnfinished(new ResultFolder(results.toString())));
    assertReads(pipeline, ReadAnnotations.from(results.toString()), scores());
  }

  @Test
  void withoutSummariesAllFilesCount(TestPipeline pipeline) throws IOException {
    write(Set.of(OutputFormat.JSONL));
    Files.delete(results.resolve("summary-00000.json"));
    assertReads(pipeline, ReadAnnotations.from(results.toString()), scores());
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    write(Set.of(OutputFormat.JSONL));
    Path rows;
    try (Stream<Path> files = Files.list(results)) {
      rows = files.filter(f -> f.toString().contains("annotations-")).findFirst().orElseThrow();
    }
    Files.delete(rows);
    IOException missing =
        assertThrows(
            IOException.class,
            () -> ResultFiles.of(new ResultFolder(results.toString()), "annotations"));
    assertTrue(missing.getMessage().contains(rows.getFileName().toString()), missing.getMessage());
  }

  @Test
  void aFolderThatDoesNotExistIsNamed() {
    IOException missing =
        assertThrows(
            IOException.class,
            () -> ResultFiles.of(new ResultFolder(results.toString()), "annotations"));
    assertTrue(missing.getMessage().contains(results.toString()), missing.getMessage());
  }

  @Test
  void aRowThatIsNoneFailsTheJobWithItsFileAndLine() throws IOException {
    Files.createDirectories(results);
    Path file = results.resolve("annotations-00000-of-00001.jsonl");
    Files.writeString(file, "{\"recording\": \"a\"}\n");
    Pipeline pipeline = Pipeline.create();
    pipeline.apply(ReadAnnotations.from(results.toString()));
    Exception failed = assertThrows(Exception.class, () -> pipeline.run().waitUntilFinish());
    String message = Throwables.getRootCause(failed).getMessage() + failed.getMessage();
    assertTrue(message.contains("segment_id"), message);
    assertTrue(Throwables.getStackTraceAsString(failed).contains("Line 1 of '" + file), message);
  }
}
