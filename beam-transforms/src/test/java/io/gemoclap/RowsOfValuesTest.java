package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.DecodedRecording;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.audio.SpeechSegment;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureOrigin;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.EmotionShare;
import io.gemoclap.score.LabelScore;
import io.gemoclap.score.RecordingSummary;
import io.gemoclap.turns.EmotionTurn;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.Convert;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Beam's {@code Convert.toRows()} of every value that a transform emits, and back. */
@ExtendWith(TestPipelineExtension.class)
final class RowsOfValuesTest {
  private static final SegmentRef REF =
      new SegmentRef("s3://archive/Grüße 1.wav", 1, 0.5, 2.25, Map.of("agent", "ö"));
  private static final List<LabelScore> SCORES =
      List.of(LabelScore.of("anger", 0.75), LabelScore.of("calm", 0.25));
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static EmotionScores scores() {
    return EmotionScores.builder()
        .setRecording("a")
        .setSegmentId("a#0:0-1000")
        .setChannel(0)
        .setStartSeconds(0)
        .setEndSeconds(1)
        .setEmotion("anger")
        .setConfidence(0.75)
        .setAbstained(false)
        .setScores(SCORES)
        .setGender("female")
        .setGenderScores(List.of(LabelScore.of("female", 1)))
        .setModelId("model")
        .setLabelSet("labels")
        .setMetadata(Map.of("agent", "7"))
        .setEventTime(NOON)
        .setSpeechProbability(0.875)
        .build();
  }

  private static EmotionScores withoutEventTime() {
    return EmotionScores.builder()
        .setRecording("b")
        .setSegmentId("b#0:0-1000")
        .setChannel(0)
        .setStartSeconds(0)
        .setEndSeconds(1)
        .setEmotion("")
        .setConfidence(0)
        .setAbstained(true)
        .setScores(List.of())
        .setGender("")
        .setGenderScores(List.of())
        .setModelId("model")
        .setLabelSet("labels")
        .setMetadata(Map.of())
        .build();
  }

  /** Converts with Beam, and checks the fields and what comes back. */
  private static <T> void converts(
      TestPipeline pipeline,
      PTransform<? super PCollection<Row>, PCollection<T>> back,
      List<String> fields,
      List<T> values) {
    PCollection<Row> rows = pipeline.apply(Create.of(values)).apply(Convert.toRows());
    assertEquals(fields, rows.getSchema().getFieldNames());
    PCollection<T> again = rows.apply("Back", back);
    PAssert.that(again).containsInAnyOrder(values);
    pipeline.run().waitUntilFinish();
  }

  private static <T> MapElements<Row, T> via(Class<T> type, SerializableFunction<Row, T> fromRow) {
    return MapElements.into(TypeDescriptor.of(type)).via(fromRow);
  }

  @Test
  void segmentRefs(TestPipeline pipeline) {
    converts(
        pipeline,
        via(SegmentRef.class, SegmentRef::fromRow),
        List.of(
            "recording",
            "segmentId",
            "channel",
            "startSeconds",
            "endSeconds",
            "metadata",
            "speechProbability"),
        List.of(REF, REF.withSpeechProbability(0.5)));
  }

  @Test
  void segmentRefsOfEarlierVersionsHaveNoSpeechProbability() {
    Schema earlier =
        Schema.builder()
            .addStringField("recording")
            .addStringField("segmentId")
            .addInt32Field("channel")
            .addDoubleField("startSeconds")
            .addDoubleField("endSeconds")
            .addMapField("metadata", Schema.FieldType.STRING, Schema.FieldType.STRING)
            .build();
    Row row =
        Row.withSchema(earlier)
            .addValues(REF.recording(), REF.id(), 1, 0.5, 2.25, REF.metadata())
            .build();
    assertEquals(REF, SegmentRef.fromRow(row));
    assertEquals(SegmentRef.UNKNOWN, SegmentRef.fromRow(row).speechProbability());
  }

  @Test
  void recordingsOfEveryKind(TestPipeline pipeline) {
    converts(
        pipeline,
        via(Recording.class, Recording::fromRow),
        List.of("recording", "uri", "encoded", "problem", "metadata", "spans"),
        List.of(
            Recording.file("/a.wav")
                .withId("a")
                .withSpans(List.of(new Span(0.5, 1), new Span(2, 3, "Ada", 1))),
            Recording.bytes("b", new byte[] {1, -2}).withMetadata(Map.of("agent", "7")),
            Recording.unreadable("c", "it is a loop")));
  }

  @Test
  void speechSegments(TestPipeline pipeline) {
    converts(
        pipeline,
        via(SpeechSegment.class, SpeechSegment::fromRow),
        List.of(
            "recording",
            "segmentId",
            "channel",
            "startSeconds",
            "endSeconds",
            "metadata",
            "speechProbability",
            "sampleRate",
            "samples"),
        List.of(new SpeechSegment(REF, 16_000, new float[] {0.5f, -1})));
  }

  @Test
  void speechFeatures(TestPipeline pipeline) {
    converts(
        pipeline,
        via(SpeechFeatures.class, SpeechFeatures::fromRow),
        List.of(
            "recording",
            "segmentId",
            "channel",
            "startSeconds",
            "endSeconds",
            "metadata",
            "speechProbability",
            "frames",
            "dims",
            "values",
            "featureSpec",
            "normalization"),
        List.of(
            new SpeechFeatures(
                REF, FeatureMatrix.of(1, 2, new float[] {3, 4}), new FeatureOrigin("spec", ""))));
  }

  @Test
  void speechEmbeddings(TestPipeline pipeline) {
    converts(
        pipeline,
        via(SpeechEmbedding.class, SpeechEmbedding::fromRow),
        List.of(
            "recording",
            "segmentId",
            "channel",
            "startSeconds",
            "endSeconds",
            "metadata",
            "speechProbability",
            "modelId",
            "modelUri",
            "vector",
            "outOfDomain"),
        List.of(
            new SpeechEmbedding(
                REF, new float[] {0.6f, 0.8f}, new BundleRef("s3://m", "id"), 1.5)));
  }

  @Test
  void emotionScoresWithAndWithoutEventTime(TestPipeline pipeline) {
    converts(
        pipeline,
        Convert.fromRows(EmotionScores.class),
        List.of(
            "recording",
            "segmentId",
            "channel",
            "startSeconds",
            "endSeconds",
            "emotion",
            "confidence",
            "abstained",
            "scores",
            "gender",
            "genderScores",
            "modelId",
            "labelSet",
            "metadata",
            "eventTime",
            "speechProbability",
            "outOfDomain"),
        List.of(scores(), withoutEventTime()));
  }

  @Test
  void summariesSharesDecodedRecordingsAndFailuresComeBackFromRows(TestPipeline pipeline) {
    comesBack(
        pipeline,
        RecordingSummary.class,
        RecordingSummary.builder()
            .setRecording("a")
            .setChannel(0)
            .setSegments(1)
            .setSpeechSeconds(1)
            .setRecordingSeconds(2)
            .setTruncated(false)
            .setEmotion("anger")
            .setScores(SCORES)
            .setGender("")
            .setGenderScores(List.of())
            .setLabelSet("labels")
            .setModelId("model")
            .setNotes(List.of("silence"))
            .build());
    comesBack(
        pipeline,
        EmotionShare.class,
        EmotionShare.create(
            "caller", NOON, NOON.plus(Duration.standardMinutes(1)), "labels", 3, 4.5, SCORES));
    comesBack(pipeline, EmotionTurn.class, turn().setEventTime(NOON).build());
    comesBack(
        pipeline,
        DecodedRecording.class,
        DecodedRecording.builder()
            .setRecording("a")
            .setContainer("wav")
            .setCodec("pcm_s16le")
            .setSourceRate(8_000)
            .setChannels(2)
            .setSeconds(3)
            .setTruncated(true)
            .setBadPackets(1)
            .setNonFiniteSamples(2)
            .setSegments(4)
            .setMetadata(Map.of("agent", "7"))
            .setOutputChannels(1)
            .setNotes(List.of("truncated"))
            .build());
    comesBack(
        pipeline,
        Failure.class,
        Failure.at("DecodeAudio", FailureKind.CORRUPT, "a#0", "a", 1.5, "It broke.")
            .withMetadata(Map.of("agent", "7")));
    pipeline.run().waitUntilFinish();
  }

  private static EmotionTurn.Builder turn() {
    return EmotionTurn.builder()
        .setRecording("a")
        .setChannel(1)
        .setSpeaker("Ada")
        .setStartSeconds(0.5)
        .setEndSeconds(2)
        .setEmotion("anger")
        .setConfidence(0.75)
        .setAbstained(false)
        .setScores(SCORES)
        .setSegmentIds(List.of("a#1:500-2000"))
        .setModelId("model")
        .setLabelSet("labels")
        .setMetadata(Map.of("speaker", "Ada"));
  }

  private static <T> void comesBack(TestPipeline pipeline, Class<T> type, T value) {
    String name = type.getSimpleName();
    PCollection<Row> rows =
        pipeline
            .apply("Create " + name, Create.of(List.of(value)))
            .apply("ToRows " + name, Convert.toRows());
    assertTrue(rows.getSchema().getFieldCount() > 1);
    PAssert.that(rows.apply("FromRows " + name, Convert.fromRows(type)))
        .containsInAnyOrder(List.of(value));
  }
}
