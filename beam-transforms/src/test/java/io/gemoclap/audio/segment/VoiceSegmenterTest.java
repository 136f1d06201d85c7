package io.gemoclap.audio.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.pcm.DecodeException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VoiceSegmenterTest {
  private static final int RATE = Segments.RATE;

  /** Adds syllables, four a second: a voice of 150 Hz with overtones that swells and fades. */
  private static void speak(float[] recording, double from, double to, double level) {
    for (int i = (int) (from * RATE); i < Math.min(recording.length, to * RATE); i++) {
      double seconds = (double) i / RATE - from;
      double syllable = Math.pow(Math.sin(Math.PI * 4 * seconds), 2);
      double voice = 0;
      for (int overtone = 1; overtone < 12; overtone++) {
        voice += Math.sin(2 * Math.PI * 150 * overtone * seconds) / overtone;
      }
      recording[i] += (float) (level * syllable * voice);
    }
  }

  private static float[] noise(double seconds, double level) {
    Random random = new Random(7);
    float[] recording = new float[(int) (seconds * RATE)];
    for (int i = 0; i < recording.length; i++) {
      recording[i] = (float) (level * random.nextGaussian());
    }
    return recording;
  }

  private static Segments find(float[] recording) throws DecodeException {
    return Segments.of(Segmenter.voiceActivity(), recording, 4_096);
  }

  @Test
  void findsSpeechInNoise() throws DecodeException {
    float[] recording = noise(60, 0.003);
    speak(recording, 5, 8, 0.1);
    speak(recording, 20, 21, 0.05);
    speak(recording, 40, 44, 0.02);
    Segments got = find(recording);
    assertEquals(3, got.count(), () -> got.seconds().toString());
    assertEquals(5, got.start(0), 0.2);
    assertEquals(8, got.end(0), 0.2);
    assertEquals(20, got.start(1), 0.2);
    assertEquals(21, got.end(1), 0.2);
    assertEquals(40, got.start(2), 0.2);
    assertEquals(44, got.end(2), 0.2);
  }

  @Test
  void keepsAShortClipThatIsSpeechThroughout() throws DecodeException {
    float[] recording = new float[2 * RATE];
    speak(recording, 0, 2, 0.2);
    Segments got = find(recording);
    assertEquals(1, got.count(), () -> got.seconds().toString());
    assertTrue(got.start(0) < 0.1 && got.end(0) > 1.9, () -> got.seconds().toString());
  }

  @Test
  void findsSpeechBetweenDigitalSilence() throws DecodeException {
    float[] recording = new float[20 * RATE];
    speak(recording, 9, 11, 0.2);
    Segments got = find(recording);
    assertEquals(1, got.count(), () -> got.seconds().toString());
    assertEquals(9, got.start(0), 0.2);
    assertEquals(11, got.end(0), 0.2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-5, 1e-3, 0.1})
  void findsNothingInSilenceAndSteadyNoise(double level) throws DecodeException {
    Segments got = find(noise(40, level));
    assertEquals(0, got.count(), () -> got.seconds().toString());
  }

  @Test
  void findsNothingInASteadyTone() throws DecodeException {
    float[] recording = new float[10 * RATE];
    for (int i = 0; i < recording.length; i++) {
      recording[i] = (float) (0.5 * Math.sin(2 * Math.PI * 440 * i / RATE));
    }
    // The tone starts at full level: nothing but its first frame differs.
    assertEquals(0, find(recording).count());
  }

  @Test
  void dropsStretchesTooShortForSpeech() throws DecodeException {
    float[] recording = noise(20, 0.001);
    for (int i = 0; i < RATE / 20; i++) {
      recording[10 * RATE + i] = 0.5f * (i % 2);
    }
    assertEquals(0, find(recording).count());
  }

  @Test
  void cutsLongSpeechWithoutLosingASample() throws DecodeException {
    float[] recording = noise(100, 0.001);
    speak(recording, 10, 90, 0.1);
    Segments got = find(recording);
    assertTrue(got.count() >= 6, () -> got.seconds().toString());
    for (int i = 0; i < got.count(); i++) {
      assertTrue(got.end(i) - got.start(i) <= 15, () -> got.seconds().toString());
      if (i > 0) {
        assertEquals(got.end(i - 1), got.start(i), 1e-9);
      }
    }
    assertEquals(10, got.start(0), 0.2);
    assertEquals(90, got.end(got.count() - 1), 0.2);
  }

  @Test
  void doesNotDependOnBlockSizes() throws DecodeException {
    float[] recording = noise(50, 0.002);
    speak(recording, 3, 30, 0.1);
    speak(recording, 33, 34, 0.1);
    Segments wanted = Segments.of(Segmenter.voiceActivity(), recording, recording.length);
    for (int blockSize : new int[] {1, 333, 16_384}) {
      Segments got = Segments.of(Segmenter.voiceActivity(), recording, blockSize);
      assertEquals(wanted.seconds(), got.seconds());
      for (int i = 0; i < got.count(); i++) {
        assertArrayEquals(wanted.samples().get(i), got.samples().get(i));
      }
    }
  }

  @Test
  void everySettingCounts() throws DecodeException {
    float[] recording = noise(20, 0.003);
    speak(recording, 2, 4, 0.1);
    speak(recording, 4.6, 6, 0.1);
    speak(recording, 10, 11, 0.012);
    VoiceActivity settings = VoiceActivity.defaults().withMaxSpeechSeconds(10);
    Segments normal = Segments.of(Segmenter.voiceActivity(settings), recording, 4_096);
    assertEquals(3, normal.count(), () -> normal.seconds().toString());
    assertEquals(2, count(settings.withThreshold(0.9), recording));
    assertEquals(2, count(settings.withMinSpeechMs(1_100), recording));
    assertEquals(2, count(settings.withMinSilenceMs(1_000), recording));
    assertTrue(count(settings.withMaxSpeechSeconds(1), recording) > 3);
    Segments bare =
        Segments.of(Segmenter.voiceActivity(settings.withSpeechPadMs(0)), recording, 4_096);
    assertEquals(normal.start(0) + 0.1, bare.start(0), 0.001);
    assertEquals(normal.end(0) - 0.1, bare.end(0), 0.001);
  }

  private static int count(VoiceActivity settings, float[] recording) throws DecodeException {
    return Segments.of(Segmenter.voiceActivity(settings), recording, 4_096).count();
  }

  @Test
  void rejectsSettingsOutsideTheirRange() {
    VoiceActivity settings = VoiceActivity.defaults();
    assertThrows(IllegalArgumentException.class, () -> settings.withThreshold(0));
    assertThrows(IllegalArgumentException.class, () -> settings.withThreshold(1));
    assertThrows(IllegalArgumentException.class, () -> settings.withMinSpeechMs(-1));
    assertThrows(IllegalArgumentException.class, () -> settings.withMinSilenceMs(0));
    assertThrows(IllegalArgumentException.class, () -> settings.withSpeechPadMs(-1));
    assertThrows(IllegalArgumentException.class, () -> settings.withMaxSpeechSeconds(0));
  }
}
