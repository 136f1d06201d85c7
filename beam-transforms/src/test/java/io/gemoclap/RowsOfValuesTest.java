package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.transforms.Convert;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ToJson;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Beam's {@code Convert} of every value that a transform emits, to rows and back, and its JSON. */
@ExtendWith(TestPipelineExtension.class)
final class RowsOfValuesTest {
  private static final SegmentRef REF =
      new SegmentRef("s3://archive/Grüße 1.wav", 1, 0.5, 2.25, Map.of("b", "2", "agent", "ö"));
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

  /** Converts with Beam to rows and back, and checks the fields and the JSON of the first value. */
  private static <T> void converts(
      TestPipeline pipeline, Class<T> type, List<String> fields, String json, List<T> values) {
    PCollection<T> input = pipeline.apply(Create.of(values));
    PCollection<Row> rows = input.apply(Convert.toRows());
    assertEquals(fields, rows.getSchema().getFieldNames());
    PAssert.that(rows.apply("Back", Convert.fromRows(type))).containsInAnyOrder(values);
    int count = values.size();
    PAssert.that(input.apply(ToJson.of())).satisfies(lines -> isJson(json, lines, count));
    pipeline.run().waitUntilFinish();
  }

  private static Void isJson(String json, Iterable<String> lines, int count) {
    List<JsonNode> found = new ArrayList<>();
    for (String line : lines) {
      found.add(tree(line));
    }
    assertTrue(found.contains(tree(json)), () -> json + " is none of " + found);
    assertEquals(count, found.size());
    return null;
  }

  private static JsonNode tree(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new AssertionError(json, e);
    }
  }

  @Test
  void segmentRefs(TestPipeline pipeline) {
    converts(
        pipeline,
        SegmentRef.class,
        List.of(
            "recording",
            "segmentId",
            "channel",
            "startSeconds",
            "endSeconds",
            "metadata",
            "speechProbability"),
        """
            {"recording": "s3://archive/Grüße 1.wav", "segmentId": "s3://archive/Grüße \
            1.wav#1:500-2250", "channel": 1, "startSeconds": 0.5, "endSeconds": 2.25,
            "metadata": [{"key": "agent", "value": "ö"}, {"key": "b", "value": "2"}],
            "speechProbability": -1.0}
            """,
        List.of(REF, REF.withSpeechProbability(0.5)));
  }

  @Test
  void recordingsOfEveryKind(TestPipeline pipeline) {
    converts(
        pipeline,
        Recording.class,
        List.of("recording", "uri", "encoded", "problem", "metadata", "spans"),
        """
            {"recording": "b", "uri": null, "encoded": "Af4=", "problem": null, "metadata":
            [{"key": "agent", "value": "7"}], "spans": []}
            """,
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
        SpeechSegment.class,
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
        """
            {"recording": "s3://archive/Grüße 1.wav", "segmentId": "s3://archive/Grüße \
            1.wav#1:500-2250", "channel": 1, "startSeconds": 0.5, "endSeconds": 2.25,
            "metadata": [{"key": "agent", "value": "ö"}, {"key": "b", "value": "2"}],
            "speechProbability": -1.0, "sampleRate": 16000, "samples": [0.5, -1.0]}
            """,
        List.of(new SpeechSegment(REF, 16_000, new float[] {0.5f, -1})));
  }

  @Test
  void speechFeatures(TestPipeline pipeline) {
    converts(
        pipeline,
        SpeechFeatures.class,
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
        """
            {"recording": "s3://archive/Grüße 1.wav", "segmentId": "s3://archive/Grüße \
            1.wav#1:500-2250", "channel": 1, "startSeconds": 0.5, "endSeconds": 2.25,
            "metadata": [{"key": "agent", "value": "ö"}, {"key": "b", "value": "2"}],
            "speechProbability": -1.0, "frames": 1, "dims": 2, "values": [3.0, 4.0],
            "featureSpec": "spec", "normalization": ""}
            """,
        List.of(
            new SpeechFeatures(
                REF, FeatureMatrix.of(1, 2, new float[] {3, 4}), new FeatureOrigin("spec", ""))));
  }

  @Test
  void speechEmbeddings(TestPipeline pipeline) {
    converts(
        pipeline,
        SpeechEmbedding.class,
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
        """
            {"recording": "s3://archive/Grüße 1.wav", "segmentId": "s3://archive/Grüße \
            1.wav#1:500-2250", "channel": 1, "startSeconds": 0.5, "endSeconds": 2.25,
            "metadata": [{"key": "agent", "value": "ö"}, {"key": "b", "value": "2"}],
            "speechProbability": -1.0, "modelId": "id", "modelUri": "s3://m", "vector":
            [0.6, 0.8], "outOfDomain": 1.5}
            """,
        List.of(
            new SpeechEmbedding(
                REF, new float[] {0.6f, 0.8f}, new BundleRef("s3://m", "id"), 1.5)));
  }

  @Test
  void emotionScoresWithAndWithoutEventTime(TestPipeline pipeline) {
    converts(
        pipeline,
        EmotionScores.class,
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
        """
            {"recording": "a", "segmentId": "a#0:0-1000", "channel": 0, "startSeconds": 0.0,
            "endSeconds": 1.0, "emotion": "anger", "confidence": 0.75, "abstained": false,
            "scores": [{"label": "anger", "probability": 0.75}, {"label": "calm",
            "probability": 0.25}], "gender": "female", "genderScores": [{"label": "female",
            "probability": 1.0}], "modelId": "model", "labelSet": "labels", "metadata":
            [{"key": "agent", "value": "7"}], "eventTime": "2026-01-01T12:00:00.000Z",
            "speechProbability": 0.875, "outOfDomain": -1.0}
            """,
        List.of(scores(), withoutEventTime()));
  }

  @Test
  void summariesSharesDecodedRecordingsAndFailuresComeBackFromRows(TestPipeline pipeline) {
    comesBack(
        pipeline,
        RecordingSummary.class,
        """
            {"recording": "a", "channel": 0, "segments": 1, "speechSeconds": 1.0,
            "recordingSeconds": 2.0, "truncated": false, "emotion": "anger", "scores":
            [{"label": "anger", "probability": 0.75}, {"label": "calm", "probability":
            0.25}], "gender": "", "genderScores": [], "labelSet": "labels", "modelId":
            "model", "notes": ["silence"]}
            """,
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
        """
            {"key": "caller", "start": "2026-01-01T12:00:00.000Z", "end":
            "2026-01-01T12:01:00.000Z", "labelSet": "labels", "segments": 3,
            "speechSeconds": 4.5, "shares": [{"label": "anger", "probability": 0.75},
            {"label": "calm", "probability": 0.25}]}
            """,
        EmotionShare.create(
            "caller", NOON, NOON.plus(Duration.standardMinutes(1)), "labels", 3, 4.5, SCORES));
    comesBack(
        pipeline,
        EmotionTurn.class,
        """
            {"recording": "a", "channel": 1, "speaker": "Ada", "startSeconds": 0.5,
            "endSeconds": 2.0, "emotion": "anger", "confidence": 0.75, "abstained": false,
            "scores": [{"label": "anger", "probability": 0.75}, {"label": "calm",
            "probability": 0.25}], "segmentIds": ["a#1:500-2000"], "modelId": "model",
            "labelSet": "labels", "metadata": [{"key": "speaker", "value": "Ada"}],
            "eventTime": "2026-01-01T12:00:00.000Z"}
            """,
        turn().setEventTime(NOON).build());
    comesBack(
        pipeline,
        DecodedRecording.class,
        """
            {"recording": "a", "container": "wav", "codec": "pcm_s16le", "sourceRate": 8000,
            "channels": 2, "seconds": 3.0, "truncated": true, "badPackets": 1,
            "nonFiniteSamples": 2, "segments": 4, "metadata": [{"key": "agent", "value":
            "7"}], "outputChannels": 1, "notes": ["truncated"]}
            """,
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
        """
            {"stage": "DecodeAudio", "kindName": "CORRUPT", "item": "a#0", "recording": "a",
            "message": "It broke.", "startSeconds": 1.5, "metadata": [{"key": "agent",
            "value": "7"}]}
            """,
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

  private static <T> void comesBack(TestPipeline pipeline, Class<T> type, String json, T value) {
    String name = type.getSimpleName();
    PCollection<Row> rows =
        pipeline
            .apply("Create " + name, Create.of(List.of(value)))
            .apply("ToRows " + name, Convert.toRows());
    assertTrue(rows.getSchema().getFieldCount() > 1);
    PAssert.that(rows.apply("ToJson " + name, ToJson.of()))
        .satisfies(lines -> isJson(json, lines, 1));
    PAssert.that(rows.apply("FromRows " + name, Convert.fromRows(type)))
        .containsInAnyOrder(List.of(value));
  }
}
