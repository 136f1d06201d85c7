package io.gemoclap.audio.signal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.pcm.DecodeException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResamplerTest {
  private static float[] resample(int in, int out, float[] samples, int blockSize) {
    float[] result = new float[(int) ((long) samples.length * out / in) + 2];
    int[] length = {0};
    Resampler.Output output =
        (block, count) -> {
          System.arraycopy(block, 0, result, length[0], count);
          length[0] += count;
        };
    Resampler resampler = new Resampler(in, out, JavaTransform::new);
    try {
      for (int from = 0; from < samples.length; from += blockSize) {
        int count = Math.min(blockSize, samples.length - from);
        resampler.accept(Arrays.copyOfRange(samples, from, from + count), count, output);
      }
      resampler.finish(output);
    } catch (DecodeException e) {
      throw new AssertionError(e);
    }
    return Arrays.copyOf(result, length[0]);
  }

  private static float[] sine(double hertz, int rate, int length) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) Math.sin(2 * Math.PI * hertz * i / rate);
    }
    return samples;
  }

  /** Level of the middle of a signal over that of a full sine, in dB. */
  private static double gain(float[] samples) {
    double power = 0;
    int from = samples.length / 4;
    int to = 3 * samples.length / 4;
    for (int i = from; i < to; i++) {
      power += (double) samples[i] * samples[i];
    }
    return 10 * Math.log10(2 * power / (to - from) + 1e-30);
  }

  @ParameterizedTest
  @CsvSource({
    "44100, 1000, 0, 0.01",
    "44100, 6800, 0, 0.01",
    "44100, 7200, 0, 0.05",
    "44100, 7400, -0.03, 0.05",
    "48000, 7200, 0, 0.05",
    "44099, 7200, 0, 0.05",
    "8000, 3600, 0, 0.05",
    "22050, 7200, 0, 0.05",
    "11025, 4900, 0, 0.05"
  })
  void passesFittingFeatures(int rate, double hertz, double wanted, double tolerance) {
    float[] samples = resample(rate, 16_000, sine(hertz, rate, rate), 4_096);
    assertEquals(wanted, gain(samples), tolerance);
  }

  @ParameterizedTest
  @CsvSource({
    "44100, 8100", "44100, 8400", "44100, 8800", "44100, 12000", "44100, 20000",
    "48000, 8100", "48000, 12000", "44099, 8100", "44099, 12000", "192000, 30000"
  })
  void leavesNoAlias(int rate, double hertz) {
    double gain = gain(resample(rate, 16_000, sine(hertz, rate, rate), 4_096));
    assertTrue(gain < -110, "alias at " + gain + " dB");
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 11_025, 12_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000})
  void isFlatInThePassBandWithoutImages(int rate) {
    double nyquist = Math.min(rate, 16_000) / 2.0;
    for (double share : new double[] {0.01, 0.1, 0.3, 0.5, 0.7, 0.85, 0.9}) {
      float[] got = resample(rate, 16_000, sine(share * nyquist, rate, rate), 4_096);
      float[] wanted = sine(share * nyquist, 16_000, 16_000);
      for (int i = 0; i < got.length; i++) {
        got[i] -= wanted[i];
      }
      assertTrue(gain(got) < -98, gain(got) + " dB of error at " + share);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {22_050, 24_000, 32_000, 44_100, 48_000, 96_000})
  void stopsWhatTheOutputCannotHold(int rate) {
    for (double hertz = 8_010; hertz < rate / 2.0; hertz += 397) {
      double gain = gain(resample(rate, 16_000, sine(hertz, rate, rate), 4_096));
      assertTrue(gain < -115, gain + " dB at " + hertz + " Hz");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 11_025, 22_050, 44_099, 44_100, 47_999})
  void keepsTheWaveInItsPlace(int rate) {
    float[] got = resample(rate, 16_000, sine(440, rate, rate), 1_000);
    float[] wanted = sine(440, 16_000, 16_000);
    for (int i = 2_000; i < 14_000; i++) {
      assertEquals(wanted[i], got[i], 2e-5, "sample " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "44100, 44101, 16000", "44100, 1, 0", "44100, 2, 1", "8000, 1, 2", "48000, 47999, 16000",
    "48000, 4, 1", "44099, 44099, 16000", "16001, 7, 7", "768000, 100000, 2083", "1000, 3, 48"
  })
  void givesTheExactLength(int rate, int length, int wanted) {
    assertEquals(wanted, resample(rate, 16_000, new float[length], 10_000).length);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 44_100, 44_099, 768_000})
  void doesNotDependOnBlockSizes(int rate) {
    float[] samples = sine(300, rate, 60_001);
    float[] once = resample(rate, 16_000, samples, samples.length);
    assertArrayEquals(once, resample(rate, 16_000, samples, 1));
    assertArrayEquals(once, resample(rate, 16_000, samples, 1_153));
  }
}
