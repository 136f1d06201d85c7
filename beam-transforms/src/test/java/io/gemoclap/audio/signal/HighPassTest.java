package io.gemoclap.audio.signal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.pcm.DecodeException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HighPassTest {
  private static final int RATE = 16_000;

  /** Two seconds of a signal given as a function of time in seconds. */
  private static float[] signal(int rate, DoubleUnaryOperator function) {
    float[] samples = new float[2 * rate];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) function.applyAsDouble((double) i / rate);
    }
    return samples;
  }

  private static DoubleUnaryOperator sine(double hertz, double phase) {
    return t -> Math.sin(2 * Math.PI * hertz * t + phase);
  }

  private static float[] filter(int rate, float[] samples, int... blocks) throws DecodeException {
    float[] out = new float[samples.length + 1];
    int[] length = {0};
    HighPass.Output output =
        (block, count) -> {
          System.arraycopy(block, 0, out, length[0], count);
          length[0] += count;
        };
    HighPass highPass = new HighPass(rate);
    int from = 0;
    for (int i = 0; from < samples.length; i++) {
      int count = blocks.length == 0 ? samples.length : blocks[i % blocks.length];
      count = Math.min(count, samples.length - from);
      highPass.accept(Arrays.copyOfRange(samples, from, from + count), count, output);
      from += count;
    }
    highPass.finish(output);
    return Arrays.copyOf(out, length[0]);
  }

  private static double decibels(float[] samples, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return 10 * Math.log10(sum / (to - from) + 1e-30);
  }

  @ParameterizedTest
  @CsvSource({"60, -0.02", "80, -0.005", "200, 0", "1000, 0", "3000, 0"})
  void leavesSpeechAsItIs(double hertz, double lowest) throws DecodeException {
    for (int rate : new int[] {8_000, RATE, 44_100, 192_000}) {
      float[] in = signal(rate, sine(hertz, 0));
      double gain = decibels(filter(rate, in), rate, 2 * rate) - decibels(in, rate, 2 * rate);
      assertEquals(lowest, gain, 0.005, "at " + rate + " Hz");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 110", "5, 62", "8, 45", "10, 38"})
  void removesRumble(double hertz, double atLeast) throws DecodeException {
    for (int rate : new int[] {8_000, RATE, 44_100, 192_000}) {
      float[] in = signal(rate, sine(hertz, 1));
      double gain = decibels(filter(rate, in), rate, 2 * rate) - decibels(in, rate, 2 * rate);
      assertTrue(gain < -atLeast, gain + " dB at " + rate + " Hz");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.005, -0.02, 0.5, 1})
  void removesAnOffsetFromTheFirstSampleOn(double offset) throws DecodeException {
    for (int rate : new int[] {100, 8_000, RATE, 768_000}) {
      for (float sample : filter(rate, signal(rate, t -> offset))) {
        assertEquals(0, sample, 1e-6 * Math.abs(offset));
      }
    }
  }

  @Test
  void removesDriftFromTheFirstSampleOn() throws DecodeException {
    for (float sample : filter(RATE, signal(RATE, t -> 0.3 - 0.2 * t))) {
      assertEquals(0, sample, 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6})
  void doesNotThumpWhereRumbleBegins(double phase) throws DecodeException {
    float[] out = filter(RATE, signal(RATE, sine(5, phase)));
    assertTrue(decibels(out, 0, 400) < -50, decibels(out, 0, 400) + " dB");
  }

  @Test
  void keepsSpeechThatBeginsWithTheFirstSample() throws DecodeException {
    float[] in = signal(RATE, sine(110, Math.PI / 2));
    float[] out = filter(RATE, in);
    assertEquals(decibels(in, 0, 800), decibels(out, 0, 800), 0.5);
  }

  @Test
  void doesNotDependOnTheBlocks() throws DecodeException {
    Random random = new Random(1);
    float[] in = signal(RATE, t -> t > 1.3 && t < 1.9 ? 0 : 0.1 + 0.1 * random.nextGaussian());
    float[] whole = filter(RATE, in);
    assertEquals(in.length, whole.length);
    assertArrayEquals(whole, filter(RATE, in, 1, 7, 4_096, 799));
    assertArrayEquals(whole, filter(RATE, in, 800));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 100, 799, 800, 801})
  void givesAsManySamplesAsItTakes(int length) throws DecodeException {
    float[] out = filter(RATE, Arrays.copyOf(signal(RATE, t -> 0.25), length), 64);
    assertEquals(length, out.length);
    for (float sample : out) {
      assertEquals(0, sample, 1e-6);
    }
  }

  @Test
  void leavesDigitalSilenceExactlyZero() throws DecodeException {
    assertArrayEquals(new float[2 * RATE], filter(RATE, new float[2 * RATE], 1_000));
  }
}
