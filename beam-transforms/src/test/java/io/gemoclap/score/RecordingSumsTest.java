package io.gemoclap.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gemoclap.audio.DecodedRecording;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

final class RecordingSumsTest {

  private static EmotionScores score(
      int channel, String labelSet, String model, String label, double probability) {
    return EmotionScores.builder()
        .setRecording("call")
        .setSegmentId("call#" + channel)
        .setChannel(channel)
        .setStartSeconds(0)
        .setEndSeconds(2)
        .setEmotion(label)
        .setConfidence(probability)
        .setAbstained(false)
        .setScores(List.of(LabelScore.of(label, probability)))
        .setGender("female")
        .setGenderScores(List.of(LabelScore.of("female", 1)))
        .setModelId(model)
        .setLabelSet(labelSet)
        .setMetadata(Map.of())
        .build();
  }

  private static String line(RecordingSummary summary) {
    return "%d %s %s %d %s %s"
        .formatted(
            summary.getChannel(),
            summary.getLabelSet(),
            summary.getModelId(),
            summary.getSegments(),
            summary.getEmotion(),
            summary.getScores().stream().map(LabelScore::getLabel).toList());
  }

  @Test
  void channelsLabelSetsAndModelsAreSummedUpEachOnItsOwn() {
    RecordingSums sums = new RecordingSums("call");
    sums.add(RecordingSums.of(score(0, "set-1", "m1", "angry", 0.8)));
    sums.add(RecordingSums.of(score(0, "set-2", "m1", "tired", 0.9)));
    sums.add(RecordingSums.of(score(0, "set-2", "m2", "tired", 0.7)));
    sums.add(RecordingSums.of(score(1, "set-1", "m1", "calm", 0.6)));
    sums.add(RecordingSums.of(score(0, "set-1", "m1", "angry", 0.6)));

    assertEquals(
        List.of(
            "0 set-1 m1 2 angry [angry]",
            "0 set-2 m1 1 tired [tired]",
            "0 set-2 m2 1 tired [tired]",
            "1 set-1 m1 1 calm [calm]"),
        sums.summaries().stream().map(RecordingSumsTest::line).toList());
    assertNotEquals(sums, RecordingSums.of(score(0, "set-1", "m1", "angry", 0.8)));
    assertEquals(0.7, sums.summaries().get(0).getScores().get(0).getProbability(), 1e-9);
  }

  @Test
  void eachChannelWithoutSegmentsHasOneSummaryOfNoLabelSet() {
    RecordingSums sums =
        RecordingSums.decoded(
            DecodedRecording.builder()
                .setRecording("call")
                .setContainer("wav")
                .setCodec("pcm")
                .setSourceRate(16_000)
                .setChannels(2)
                .setSeconds(5)
                .setTruncated(false)
                .setBadPackets(0)
                .setNonFiniteSamples(0)
                .setSegments(0)
                .setMetadata(Map.of())
                .setOutputChannels(2)
                .setNotes(List.of())
                .build());
    assertEquals(
        List.of("0   0  []", "1   0  []"),
        sums.summaries().stream().map(RecordingSumsTest::line).toList());
  }

  @Test
  void theCoderKeepsEverything() throws Exception {
    RecordingSums sums =
        RecordingSums.decoded(
            DecodedRecording.builder()
                .setRecording("call")
                .setContainer("wav")
                .setCodec("pcm")
                .setSourceRate(8_000)
                .setChannels(2)
                .setSeconds(5.5)
                .setTruncated(true)
                .setBadPackets(0)
                .setNonFiniteSamples(0)
                .setSegments(2)
                .setMetadata(Map.of())
                .setOutputChannels(3)
                .setNotes(List.of("clipped", "late"))
                .build());
    sums.add(RecordingSums.of(score(0, "set-1", "m1", "angry", 0.8)));
    sums.add(RecordingSums.of(score(0, "set-1", "m1", "calm", 0.6)));
    sums.add(RecordingSums.of(score(1, "set-2", "m2", "müde", 0.7)));

    CoderProperties.coderDecodeEncodeEqual(new RecordingSumsCoder(), sums);
    RecordingSums copy = CoderUtils.clone(new RecordingSumsCoder(), sums);
    RecordingSums more = RecordingSums.of(score(0, "set-1", "m1", "angry", 0.9));
    sums.add(more);
    copy.add(more);
    assertEquals(sums, copy);
  }
}
