package io.gemoclap.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.Exhaustive;
import io.gemoclap.audio.DecodedRecording;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;

/**
 * A recording of very many segments, of which Flink's batch join would keep ten thousand at most.
 */
final class SummarizeRecordingsIT {
  private static final int SEGMENTS = 12_000;

  /** One second of anger, then one of sadness, and so on; every third segment on channel 1. */
  private static EmotionScores score(long i) {
    double anger = i % 2 == 0 ? 0.9 : 0.3;
    return EmotionScores.builder()
        .setRecording("long")
        .setSegmentId("long#" + i)
        .setChannel(i % 3 == 0 ? 1 : 0)
        .setStartSeconds((double) i)
        .setEndSeconds(i + 1.0)
        .setEmotion("anger")
        .setConfidence(anger)
        .setAbstained(false)
        .setScores(List.of(LabelScore.of("anger", anger), LabelScore.of("sadness", 1 - anger)))
        .setGender("female")
        .setGenderScores(List.of(LabelScore.of("female", 1)))
        .setModelId("model")
        .setLabelSet("labels")
        .setMetadata(Map.of())
        .build();
  }

  private static DecodedRecording recording(String id, double seconds, boolean truncated) {
    return DecodedRecording.builder()
        .setRecording(id)
        .setContainer("wav")
        .setCodec("pcm")
        .setSourceRate(16_000)
        .setChannels(1)
        .setSeconds(seconds)
        .setTruncated(truncated)
        .setBadPackets(0)
        .setNonFiniteSamples(0)
        .setSegments(0)
        .setMetadata(Map.of())
        .setOutputChannels(1)
        .setNotes(List.of())
        .build();
  }

  @Test
  void onFlinkARecordingOfManySegmentsHasItsSummaries() {
    assertSummaries("FlinkRunner");
  }

  @Exhaustive
  @Test
  void onTheDirectRunnerARecordingOfManySegmentsHasItsSummaries() {
    assertSummaries("DirectRunner");
  }

  private static void assertSummaries(String runner) {
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=" + runner).create());
    PCollection<DecodedRecording> recordings =
        pipeline.apply(
            "Recordings",
            Create.of(recording("long", SEGMENTS, false), recording("silent", 5, true)));
    PCollection<RecordingSummary> summaries =
        pipeline
            .apply(GenerateSequence.from(0).to(SEGMENTS))
            .apply(
                MapElements.into(TypeDescriptor.of(EmotionScores.class))
                    .via(SummarizeRecordingsIT::score))
            .apply(SummarizeRecordings.of(recordings));
    PAssert.that(summaries)
        .satisfies(
            all -> {
              int seen = 0;
              for (RecordingSummary summary : all) {
                seen++;
                if (summary.getRecording().equals("silent")) {
                  assertEquals(0, summary.getSegments());
                  assertEquals(5, summary.getRecordingSeconds());
                } else {
                  int segments = summary.getChannel() == 1 ? SEGMENTS / 3 : 2 * SEGMENTS / 3;
                  assertEquals(segments, summary.getSegments());
                  assertEquals(SEGMENTS, summary.getRecordingSeconds());
                  assertEquals("anger", summary.getEmotion());
                  assertEquals(0.6, summary.getScores().get(0).getProbability(), 1e-9);
                }
              }
              assertEquals(3, seen);
              return null;
            });
    assertEquals(PipelineResult.State.DONE, pipeline.run().waitUntilFinish());
  }
}
