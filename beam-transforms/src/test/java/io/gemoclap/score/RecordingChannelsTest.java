package io.gemoclap.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.DecodedRecording;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which channels of a recording have a row. */
final class RecordingChannelsTest {
  private static final List<String> NOTES = List.of("truncated", "silent_channels: 1");

  private static RecordingSums decoded(int channels) {
    return RecordingSums.decoded(
        DecodedRecording.builder()
            .setRecording("a")
            .setContainer("wav")
            .setCodec("pcm")
            .setSourceRate(16_000)
            .setChannels(channels)
            .setSeconds(10)
            .setTruncated(true)
            .setBadPackets(0)
            .setNonFiniteSamples(0)
            .setSegments(1)
            .setMetadata(Map.of())
            .setOutputChannels(channels)
            .setNotes(NOTES)
            .build());
  }

  private static RecordingSums segment(int channel) {
    return RecordingSums.of(
        EmotionScores.builder()
            .setRecording("a")
            .setSegmentId("a#" + channel)
            .setChannel(channel)
            .setStartSeconds(1)
            .setEndSeconds(3)
            .setEmotion("anger")
            .setConfidence(1)
            .setAbstained(false)
            .setScores(List.of(LabelScore.of("anger", 1)))
            .setGender("female")
            .setGenderScores(List.of(LabelScore.of("female", 1)))
            .setModelId("model")
            .setLabelSet("labels")
            .setMetadata(Map.of())
            .build());
  }

  /** The channel with speech may be any, and the decoded recording may arrive first or last. */
  @ParameterizedTest
  @CsvSource({"2, 0, true", "2, 1, true", "2, 0, false", "6, 3, false", "1, 0, true"})
  void everyChannelOfADecodedRecordingHasARow(int channels, int speech, boolean decodedFirst) {
    RecordingSums sums = new RecordingSums("a");
    sums.add(decodedFirst ? decoded(channels) : segment(speech));
    sums.add(decodedFirst ? segment(speech) : decoded(channels));
    List<RecordingSummary> rows = sums.summaries();
    assertEquals(channels, rows.size());
    for (int channel = 0; channel < channels; channel++) {
      RecordingSummary row = rows.get(channel);
      assertEquals(channel, row.getChannel());
      assertEquals(channel == speech ? 1 : 0, row.getSegments());
      assertEquals(channel == speech ? "anger" : "", row.getEmotion());
      assertEquals(10, row.getRecordingSeconds());
      assertEquals(NOTES, row.getNotes());
    }
  }

  @Test
  void aRecordingWithoutSegmentsHasARowForEachChannel() {
    assertEquals(2, decoded(2).summaries().size());
  }

  @Test
  void aRecordingThatFailedHalfWayHasRowsOfItsSegmentsOnly() {
    List<RecordingSummary> rows = segment(1).summaries();
    assertEquals(1, rows.size());
    assertEquals(1, rows.get(0).getChannel());
    assertTrue(rows.get(0).getTruncated());
    assertEquals(List.of(), rows.get(0).getNotes());
  }
}
