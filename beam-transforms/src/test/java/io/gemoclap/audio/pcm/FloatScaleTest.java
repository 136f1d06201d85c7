package io.gemoclap.audio.pcm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Float samples that hold integers come out as the integers would. */
final class FloatScaleTest {
  private static final int LENGTH = 40_000;

  /** Noise between -1 and 1 that is quiet most of the time, as speech is. */
  private static float[] speech(DoubleUnaryOperator stored) {
    float[] samples = new float[LENGTH];
    long state = 1;
    for (int i = 0; i < LENGTH; i++) {
      state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
      double loudness = i / 4_000 % 3 == 0 ? 0.6 : 0.001;
      samples[i] = (float) stored.applyAsDouble((state >> 11) * 0x1p-53 * 2 * loudness);
    }
    return samples;
  }

  private static Set<String> scale(float[] samples, Blocks into) throws DecodeException {
    FloatScale scale = new FloatScale(sink(into));
    scale.format(16_000, 1);
    into.begin(1);
    for (int from = 0; from < samples.length; from += 1_000) {
      float[] block = Arrays.copyOfRange(samples, from, from + 1_000);
      scale.block(new float[][] {block}, block.length);
    }
    return scale.finish();
  }

  private static PcmSink sink(Blocks blocks) {
    return new PcmSink() {
      @Override
      public void format(int rate, int channels) {}

      @Override
      public void block(float[][] planes, int length) {
        blocks.accept(0, planes[0], length);
      }
    };
  }

  @ParameterizedTest
  @CsvSource({"16, true", "16, false", "24, true", "24, false", "32, true", "32, false"})
  void bringsIntegersToFullScaleOne(int bits, boolean whole) throws DecodeException {
    double full = Math.scalb(1.0, bits - 1);
    float[] stored = speech(x -> whole ? Math.rint(x * full) : x * full);
    Blocks blocks = new Blocks();
    assertEquals(Set.of("rescaled_float"), scale(stored, blocks));
    float[] wanted = stored.clone();
    for (int i = 0; i < LENGTH; i++) {
      wanted[i] /= (float) full;
    }
    assertArrayEquals(wanted, blocks.channel(0));
  }

  @ParameterizedTest
  @CsvSource({"1e-4", "1", "4", "8"})
  void leavesFloatsOfAnyLevelAsTheyAre(double gain) throws DecodeException {
    float[] stored = speech(x -> x * gain);
    Blocks blocks = new Blocks();
    assertEquals(Set.of(), scale(stored, blocks));
    assertArrayEquals(stored, blocks.channel(0));
  }

  @Test
  void leavesAFullSquareWaveAsItIs() throws DecodeException {
    float[] stored = speech(Math::signum);
    Blocks blocks = new Blocks();
    assertEquals(Set.of(), scale(stored, blocks));
    assertArrayEquals(stored, blocks.channel(0));
  }

  @Test
  void doesNotTakeDamageForIntegers() throws DecodeException {
    float[] stored = speech(x -> x);
    stored[100] = Float.NaN;
    stored[200] = 1e30f;
    stored[300] = -2e9f;
    Blocks blocks = new Blocks();
    assertEquals(Set.of(), scale(stored, blocks));
    assertArrayEquals(stored, blocks.channel(0));
  }

  @Test
  void looksAtTheSoundAndNotAtTheSilenceBeforeIt() throws DecodeException {
    float[] stored = new float[FloatScale.SAMPLES + 1_000 + LENGTH];
    System.arraycopy(speech(x -> x * 32_768), 0, stored, stored.length - LENGTH, LENGTH);
    Blocks blocks = new Blocks();
    scale(Arrays.copyOf(stored, stored.length / 1_000 * 1_000), blocks);
    float loudest = 0;
    for (float sample : blocks.channel(0)) {
      loudest = Math.max(loudest, Math.abs(sample));
    }
    assertEquals(0.6f, loudest, 0.01f);
  }
}
