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
    assertThrows(IllegalArgumentException.class, () -> defaults.withMinSilenceMs(9));
    assertThrows(IllegalArgumentException.class, () -> defaults.withSpeechPadMs(5_001));
    assertThrows(IllegalArgumentException.class, () -> defaults.withMaxSpeechSeconds(601));
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
