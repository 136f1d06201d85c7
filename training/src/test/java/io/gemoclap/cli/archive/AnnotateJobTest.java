package io.gemoclap.cli.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.audio.segment.Segmenter;
import java.util.Map;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.junit.jupiter.api.Test;

final class AnnotateJobTest {

  private static DisplayData decoding(Map<String, String> settings) {
    return DisplayData.from(new AnnotateJob(settings, null).decoding());
  }

  @Test
  void recordingsAreDecodedAndCutAsTheJobDid() {
    assertEquals(
        DisplayData.from(
            DecodeAudio.recordings()
                .withSegmenter(Segmenter.fixedWindows(2, 1))
                .withChannels(ChannelMode.SPLIT)
                .withStream(StreamChoice.parse("2"))
                .withSpeechThreshold(0.25)),
        decoding(
            Map.of(
                "--segment", "fixed:2/1",
                "--channels", "split",
                "--stream", "2",
                "--speech-threshold", "0.25")));
    assertEquals(
        DisplayData.from(
            DecodeAudio.recordings()
                .withSegmenter(Segmenter.spansOr(Segmenter.voiceActivity()))
                .withSpeechThreshold(0)),
        decoding(Map.of("--segment", "spans")));
  }

  @Test
  void aJobWithoutAThresholdRejectedNothingAsNotSpeech() {
    // Annotation leaves the option out of job.json if it is 0.
    assertEquals(
        DisplayData.from(
            DecodeAudio.recordings()
                .withSegmenter(Segmenter.voiceActivity())
                .withSpeechThreshold(0)),
        decoding(Map.of("--segment", "vad")));
    assertTrue(new AnnotateJob(Map.of("--segment", "vad"), null).saysHowItCut());
    assertFalse(new AnnotateJob(Map.of(), null).saysHowItCut());
  }
}
