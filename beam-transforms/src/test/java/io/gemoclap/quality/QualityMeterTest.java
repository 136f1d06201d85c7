package io.gemoclap.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.signal.RealTransform;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each measure has the value that its definition gives for a constructed signal. */
final class QualityMeterTest {
  private static final int RATE = 16_000;

  private static SegmentQuality measure(float[] samples) {
    QualityMeter meter = new QualityMeter(RATE, RealTransform::inJava);
    // In blocks of any size, as decoders give them.
    for (int from = 0; from < samples.length; from += 777) {
      meter.accept(samples, from, Math.min(777, samples.length - from));
    }
    return meter.finish();
  }

  private static float[] tone(double hertz, double amplitude, double seconds) {
    float[] samples = new float[(int) (seconds * RATE)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * hertz * i / RATE));
    }
    return samples;
  }

  /** A value of a gamma distribution with shape 0.4 and mean square 1, with a random sign. */
  private static double speech(Random random) {
    double shape = 1.4;
    double d = shape - 1 / 3.0;
    double gamma = -1;
    while (gamma < 0) { // Marsaglia and Tsang 2000
      double x = random.nextGaussian();
      double v = Math.pow(1 + x / Math.sqrt(9 * d), 3);
      if (v > 0 && Math.log(random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        gamma = d * v * Math.pow(random.nextDouble(), 1 / 0.4);
      }
    }
    return (random.nextBoolean() ? 1 : -1) * gamma / Math.sqrt(0.4 * 1.4);
  }

  @ParameterizedTest
  @ValueSource(ints = {-5, 0, 5, 10, 20, 30, 40})
  void theRatioOfSpeechToNoiseIsEstimated(int decibels) {
    Random random = new Random(decibels);
    double noise = Math.pow(10, -decibels / 20.0);
    float[] samples = new float[30 * RATE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.01 * (speech(random) + noise * random.nextGaussian()));
    }
    assertEquals(decibels, measure(samples).getSnrDb(), 0.5);
  }

  @Test
  void theLevelOfAFullSineIsThreeDecibelsBelowFullScale() {
    assertEquals(-3.01, measure(tone(1_000, 1, 2)).getLevelDbfs(), 0.01);
    assertEquals(-23.01, measure(tone(1_000, 0.1, 2)).getLevelDbfs(), 0.01);
    assertEquals(-120, measure(new float[RATE]).getLevelDbfs());
  }

  @Test
  void clippingIsTheShareOfSamplesInRunsOfThree() {
    float[] samples = new float[1_000];
    for (int i : new int[] {10, 11, 100, 101, 102, 200, 201, 202, 203, 204}) {
      samples[i] = i % 2 == 0 ? 1 : -0.995f;
    }
    assertEquals(8 / 1_000.0, measure(samples).getClipping());
  }

  @ParameterizedTest
  @CsvSource({"1000", "3400", "7000"})
  void theBandwidthIsTheHighestFrequencyThatIsLoudEnough(int hertz) {
    float[] samples = tone(300, 0.5, 2);
    float[] high = tone(hertz, 0.01, 2); // 34 dB below
    float[] higher = tone(7_900, 0.0002, 2); // 68 dB below
    for (int i = 0; i < samples.length; i++) {
      samples[i] += high[i] + higher[i];
    }
    assertEquals(hertz, measure(samples).getBandwidthHz(), 100);
  }

  @Test
  void anOffsetDoesNotNarrowTheBandwidth() {
    float[] samples = tone(300, 0.01, 2);
    float[] high = tone(5_000, 0.001, 2);
    for (int i = 0; i < samples.length; i++) {
      samples[i] += high[i] + 0.5f;
    }
    assertEquals(5_000, measure(samples).getBandwidthHz(), 100);
  }

  @Test
  void speechShareIsTheTimeOfActivityWithItsHangover() {
    float[] samples = new float[20 * RATE];
    float[] tone = tone(400, 0.3, 1);
    for (int second = 0; second < 20; second += 4) {
      System.arraycopy(tone, 0, samples, second * RATE, RATE);
    }
    // One second of four, and pauses below 0.2 s after it.
    assertEquals(1.25 / 4, measure(samples).getSpeechShare(), 0.04);
    assertTrue(measure(tone).getSpeechShare() > 0.95);
    assertEquals(0, measure(new float[RATE]).getSpeechShare());
  }

  @Test
  void aSegmentOfOneSampleHasAQuality() {
    SegmentQuality quality = measure(new float[] {0.5f});
    assertEquals(-6.02, quality.getLevelDbfs(), 0.01);
    assertEquals(0, quality.getClipping());
  }
}
