package io.gemoclap.audio.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpeechLevelTest {
  private static List<Double> levels(int rate, float[] samples) {
    List<Double> levels = new ArrayList<>();
    SpeechLevel level = new SpeechLevel(rate);
    level.accept(samples, samples.length, levels::add);
    level.finish(levels::add);
    return levels;
  }

  /** A sine with an amplitude of 0.5, which is -9.03 dB of full scale. */
  private static float[] tone(int rate, double hertz) {
    float[] samples = new float[rate];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / rate));
    }
    return samples;
  }

  /** The filters take 3 dB at 80 and at 4,000 Hz, and 12 dB more with each octave. */
  @ParameterizedTest
  @CsvSource({
    "16000, 440, -9.03",
    "44100, 440, -9.03",
    "8000, 440, -9.03",
    "16000, 80, -12.04",
    "16000, 40, -21.3",
    "16000, 4000, -12.04",
    "44100, 8000, -22.7",
    "8800, 4000, -9.03",
    "8801, 4000, -12.04"
  })
  void aToneHasItsLevelWithinTheBandOfSpeech(int rate, double hertz, double decibels) {
    assertEquals(decibels, levels(rate, tone(rate, hertz)).get(50), 0.5);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "79, 0",
    "80, 1",
    "160, 1",
    "239, 1",
    "240, 2",
    "280, 2",
    "399, 2",
    "400, 3",
    "1600, 10"
  })
  void aFrameCountsIfHalfOfItIsThere(int samples, int frames) {
    assertEquals(frames, levels(16_000, new float[samples]).size());
  }

  @Test
  void aFrameIsGivenOnceItsLastSampleIsThere() {
    List<Double> levels = new ArrayList<>();
    SpeechLevel level = new SpeechLevel(16_000);
    level.accept(new float[279], 279, levels::add);
    assertEquals(0, levels.size());
    level.accept(new float[1], 1, levels::add);
    assertEquals(1, levels.size());
    level.accept(new float[159], 159, levels::add);
    assertEquals(1, levels.size());
    level.accept(new float[1], 1, levels::add);
    assertEquals(2, levels.size());
  }

  /** Frame 9 describes 90 to 100 ms, and begins and ends 7.5 ms outside of them. */
  @Test
  void framesOverlap() {
    float[] click = new float[3_200];
    click[1_600] = 1;
    List<Double> levels = levels(16_000, click);
    assertEquals(SpeechLevel.SILENCE, levels.get(8));
    assertTrue(levels.get(9) > -40, levels.toString());
    assertEquals(levels.get(9), levels.get(10), 0.5);
    assertTrue(levels.get(11) < levels.get(10) - 20, levels.toString());
  }

  @Test
  void aFrameIsTenMillisecondsAtAnyRate() {
    assertEquals(160, new SpeechLevel(16_000).frameSamples());
    assertEquals(440, new SpeechLevel(44_100).frameSamples());
    assertEquals(12, new SpeechLevel(1_000).frameSamples());
  }

  @Test
  void silenceHasTheLowestLevel() {
    assertEquals(SpeechLevel.SILENCE, levels(16_000, new float[1_600]).get(5));
  }
}
