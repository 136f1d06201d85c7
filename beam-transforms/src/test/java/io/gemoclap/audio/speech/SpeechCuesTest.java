package io.gemoclap.audio.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.signal.RealTransform;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpeechCuesTest {
  private static final int RATE = 16_000;

  private static SpeechCues cues(int rate) {
    return new SpeechCues(rate, RealTransform::inJava);
  }

  private static float[] noise(int length, double gain) {
    Random random = new Random(1);
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) (gain * random.nextGaussian());
    }
    return samples;
  }

  @Test
  void doNotDependOnTheLevel() {
    double[] loud = cues(RATE).of(noise(3 * RATE, 0.2), 0, 3 * RATE);
    double[] quiet = cues(RATE).of(noise(3 * RATE, 0.002), 0, 3 * RATE);
    // Levels are exact to 0.03 dB.
    assertArrayEquals(loud, quiet, 0.15);
  }

  @Test
  void areTheSameWhateverWasMeasuredBefore() {
    float[] samples = noise(2 * RATE, 0.1);
    SpeechCues used = cues(RATE);
    used.of(noise(5 * RATE, 0.5), 0, 5 * RATE);
    assertArrayEquals(
        cues(RATE).of(samples, 0, samples.length), used.of(samples, 0, samples.length));
  }

  @Test
  void ofAPartAreThoseOfItsSamples() {
    float[] samples = noise(4 * RATE, 0.1);
    float[] part = Arrays.copyOfRange(samples, RATE, 3 * RATE);
    double[] alone = cues(RATE).of(part, 0, part.length);
    assertArrayEquals(alone, cues(RATE).of(samples, RATE, 3 * RATE));
  }

  @Test
  void aSteadyToneKeepsItsFineStructureAndNoiseDoesNot() {
    float[] tone = new float[2 * RATE];
    for (int i = 0; i < tone.length; i++) {
      for (int harmonic = 1; harmonic <= 8; harmonic++) {
        tone[i] += (float) (0.05 * Math.sin(2 * Math.PI * 440 * harmonic * i / RATE));
      }
    }
    // The likeness of frames next to each other, after the cues of bands and level.
    int likeness = 3 * BandSpectrum.BANDS + 4 + 5 + 4 + 7 + 2;
    assertTrue(cues(RATE).of(tone, 0, tone.length)[likeness] > 0.8);
    assertTrue(cues(RATE).of(noise(2 * RATE, 0.1), 0, 2 * RATE)[likeness] < 0.3);
  }

  @Test
  void silenceHasNone() {
    SpeechCues cues = cues(RATE);
    assertArrayEquals(new double[SpeechCues.size()], cues.of(new float[RATE], 0, RATE));
    assertEquals(0, cues.activeFrames());
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 8_000, 11_025, 22_050, 44_100, 48_000, 192_000})
  void areFiniteAtEachRateAndLength(int rate) {
    SpeechCues cues = cues(rate);
    for (int length : new int[] {1, 7, rate / 50, rate / 10, rate}) {
      for (double cue : cues.of(noise(length, 0.1), 0, length)) {
        assertTrue(Double.isFinite(cue), rate + " Hz, " + length + " samples");
      }
    }
  }
}
