package io.gemoclap.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.audio.DecodedRecording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
final class SummarizeRecordingsTest {
  private static EmotionScores score(
      String recording, double start, double end, double anger, double female) {
    return EmotionScores.builder()
        .setRecording(recording)
        .setSegmentId(recording + "#" + start)
        .setChannel(0)
        .setStartSeconds(start)
        .setEndSeconds(end)
        .setEmotion("anger")
        .setConfidence(anger)
        .setAbstained(false)
        .setScores(List.of(LabelScore.of("anger", anger), LabelScore.of("calm", 1 - anger)))
        .setGender("female")
        .setGenderScores(
            List.of(LabelScore.of("female", female), LabelScore.of("male", 1 - female)))
        .setModelId("model")
        .setLabelSet("labels")
        .setMetadata(Map.of())
        .build();
  }

  private static DecodedRecording decoded(String recording, double seconds, boolean truncated) {
    return DecodedRecording.builder()
        .setRecording(recording)
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
        .setNotes(List.of("note of " + recording))
        .build();
  }

  private static RecordingSummary.Builder summary(String recording) {
    return RecordingSummary.builder()
        .setRecording(recording)
        .setChannel(0)
        .setNotes(List.of("note of " + recording));
  }

  /** Of 1 s with 1 and 3 s with 0.25, weighted by duration: (1 + 0.75) / 4. */
  private static RecordingSummary ofTwoSegments() {
    return summary("call")
        .setSegments(2)
        .setSpeechSeconds(4)
        .setRecordingSeconds(10)
        .setTruncated(false)
        .setEmotion("calm")
        .setScores(List.of(LabelScore.of("anger", 0.4375), LabelScore.of("calm", 0.5625)))
        .setGender("female")
        .setGenderScores(List.of(LabelScore.of("female", 0.625), LabelScore.of("male", 0.375)))
        .setLabelSet("labels")
        .setModelId("model")
        .build();
  }

  private static RecordingSummary withoutSegments() {
    return summary("silence")
        .setSegments(0)
        .setSpeechSeconds(0)
        .setRecordingSeconds(5)
        .setTruncated(true)
        .setEmotion("")
        .setScores(List.of())
        .setGender("")
        .setGenderScores(List.of())
        .setLabelSet("")
        .setModelId("")
        .build();
  }

  @Test
  void durationsWeighAndEveryRecordingHasASummary(TestPipeline pipeline) {
    PCollection<DecodedRecording> recordings =
        pipeline.apply(
            "Recordings", Create.of(decoded("call", 10, false), decoded("silence", 5, true)));
    PAssert.that(
            pipeline
                .apply(Create.of(score("call", 0, 1, 1, 1), score("call", 4, 7, 0.25, 0.5)))
                .apply(SummarizeRecordings.of(recordings)))
        .containsInAnyOrder(ofTwoSegments(), withoutSegments());
    pipeline.run().waitUntilFinish();
  }

  /** In every order and division that a runner may choose. */
  @Test
  void sumsDoNotDependOnHowARunnerDividesThem() {
    RecordingSums all = new RecordingSums("call");
    RecordingSums first = RecordingSums.of(score("call", 0, 1, 1, 1));
    RecordingSums second = RecordingSums.of(score("call", 4, 7, 0.25, 0.5));
    RecordingSums end = RecordingSums.decoded(decoded("call", 10, false));
    RecordingSums other = RecordingSums.decoded(decoded("silence", 5, true));
    List.of(first, second, end).forEach(all::add);
    assertEquals(List.of(ofTwoSegments()), all.summaries());
    CombineFnTester.testCombineFn(
        new SummarizeRecordings.SumFn(),
        new ArrayList<>(List.of(first, second, end, other)),
        Map.of("call", all, "silence", other));
  }
}
