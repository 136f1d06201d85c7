package io.gemoclap.audio.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.pcm.DecoderLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Settings in any order; those that do not fit together are refused where they are used. */
final class VoiceActivityTest {
  /** On the way, a longest segment of 2 s does not fit 5 s of shortest speech. */
  @Test
  void theOrderOfSettingsMakesNoDifference() {
    VoiceActivity one =
        VoiceActivity.defaults()
            .withMinSpeechMs(5_000)
            .withMaxSpeechSeconds(2)
            .withMinSpeechMs(100)
            .withThreshold(0.4);
    VoiceActivity other =
        VoiceActivity.defaults().withThreshold(0.4).withMaxSpeechSeconds(2).withMinSpeechMs(100);
    assertEquals(one, other);
    assertEquals(Segmenter.voiceActivity(one), Segmenter.voiceActivity(other));
  }

  @Test
  void settingsThatDoNotFitTogetherAreRefusedWithARemedy() {
    VoiceActivity settings =
        VoiceActivity.defaults().withMaxSpeechSeconds(2).withMinSpeechMs(5_000);
    String message =
        assertThrows(IllegalArgumentException.class, () -> Segmenter.voiceActivity(settings))
            .getMessage();
    assertTrue(
        message.contains("maxSpeechSeconds is 2.0") && message.contains("15.2 s: raise it"),
        message);
  }

  @Test
  void aSettingOutsideItsRangeIsRefusedAtOnce() {
    VoiceActivity defaults = VoiceActivity.defaults();
    assertThrows(IllegalArgumentException.class, () -> defaults.withThreshold(1));
    assertThrows(IllegalArgumentException.class, () -> defaults.withMinSpeechMs(-1));
    assertThrows(IllegalArgumentException.class, () -> defaults.withMinSpeechMs(60_001));
    assertThrows(IllegalArgumentException.class, () -> defaults.withMinSilenceMs(60_001));
    assertThrows(IllegalArgumentException.class, () -> defaults.withMinSilenceMs(9));
    assertThrows(IllegalArgumentException.class, () -> defaults.withSpeechPadMs(5_001));
    assertThrows(IllegalArgumentException.class, () -> defaults.withMaxSpeechSeconds(601));
  }

  @Test
  void theEndsOfEachRangeAreAllowed() {
    VoiceActivity least =
        VoiceActivity.defaults()
            .withMinSpeechMs(0)
            .withMinSilenceMs(10)
            .withSpeechPadMs(0)
            .withMaxSpeechSeconds(1);
    assertEquals(0, least.minSpeechMs());
    assertEquals(10, least.minSilenceMs());
    assertEquals(0, least.speechPadMs());
    assertEquals(1, least.maxSpeechSeconds());
    VoiceActivity most =
        least
            .withMinSpeechMs(60_000)
            .withMinSilenceMs(60_000)
            .withSpeechPadMs(5_000)
            .withMaxSpeechSeconds(600);
    assertEquals(60_000, most.minSpeechMs());
    assertEquals(60_000, most.minSilenceMs());
    assertEquals(5_000, most.speechPadMs());
    assertEquals(600, most.maxSpeechSeconds());
  }

  /** Three times 600 ms of speech and twice 100 ms of padding. */
  @Test
  void aSegmentMayHoldJustThreeOfTheShortestStretches() {
    VoiceActivity settings = VoiceActivity.defaults().withMinSpeechMs(600);
    assertEquals(
        settings.withMaxSpeechSeconds(2), settings.withMaxSpeechSeconds(2).requireConsistent());
    assertThrows(
        IllegalArgumentException.class,
        () -> settings.withMaxSpeechSeconds(1.999).requireConsistent());
  }

  @Test
  void limitsOutsideTheirRangeAreRefusedAtOnce() {
    DecoderLimits defaults = DecoderLimits.defaults();
    assertThrows(IllegalArgumentException.class, () -> defaults.withMaxSeconds(0));
    assertThrows(IllegalArgumentException.class, () -> defaults.withMaxBytes(0));
    assertThrows(IllegalArgumentException.class, () -> defaults.withMaxChannels(256));
    assertThrows(IllegalArgumentException.class, () -> defaults.withRates(2, 1));
    assertThrows(IllegalArgumentException.class, () -> defaults.withRates(1_000, 10_000_001));
    assertThrows(
        IllegalArgumentException.class, () -> defaults.withMaxWallTime(Duration.ofDays(11)));
  }
}
