package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Power spectra, correlations and logarithms against their definitions. */
final class SpectrumTest {
  private static final int HOP = 7;

  @ParameterizedTest
  @CsvSource({"400,512", "400,400", "401,402", "6,6", "1,2"})
  void powerEqualsTheDefinition(int window, int size) {
    float[] signal = TestSignals.noise(window + HOP * Lanes.COUNT, 1);
    double[] weights = Windows.povey(window + 2);
    weights = Arrays.copyOfRange(weights, 1, window + 1);
    int lanes = 5;
    PowerSpectrum spectrum = new PowerSpectrum(weights, size);
    float[][] power = spectrum.compute(signal, 2, HOP, lanes);
    assertEquals(size / 2 + 1, spectrum.size());
    for (int k = 0; k <= size / 2; k++) {
      for (int j = 0; j < lanes; j++) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < window; i++) {
          double value = signal[2 + j * HOP + i] * weights[i];
          re += value * Math.cos(2 * Math.PI * k * i / size);
          im -= value * Math.sin(2 * Math.PI * k * i / size);
        }
        assertEquals(re * re + im * im, power[k][j], 1e-6 * (re * re + im * im) + 1e-12);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"752,268", "1024,267", "8,4"})
  void correlationEqualsTheDefinition(int length, int maxLag) {
    float[] signal = TestSignals.noise(length + HOP * Lanes.COUNT, 1);
    double[][] rows = new AutoCorrelation(length, maxLag).compute(signal, 3, HOP, Lanes.COUNT);
    for (int lag = 0; lag <= maxLag; lag++) {
      for (int j = 0; j < Lanes.COUNT; j++) {
        double sum = 0;
        for (int i = 3 + j * HOP; i < 3 + j * HOP + length - lag; i++) {
          sum += (double) signal[i] * signal[i + lag];
        }
        assertEquals(sum, rows[lag][j], 1e-11 * length, "lag " + lag + ", frame " + j);
      }
    }
  }

  @Test
  void aConstantHasNoPeriod() {
    float[] constant = new float[1_000];
    Arrays.fill(constant, 0.5f);
    Periodicity periodicity = new Periodicity(752, 268);
    periodicity.compute(constant, 0, 1, 2);
    assertTrue(periodicity.difference()[0][1] == 1 && !periodicity.isSilent(1));
    periodicity.compute(new float[1_000], 0, 1, 2);
    assertTrue(periodicity.isSilent(0));
    assertEquals(1, periodicity.difference()[100][1]);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-200, 1e-10, 0.1, 0.9999999, 1, 1.0000001, 2, 3, 1e4, 1e200})
  void logarithmsAreThoseOfTheLibrary(double x) {
    for (int i = 0; i < 1_000; i++) {
      double value = x * (1 + i / 999.0);
      assertEquals(Math.log(value), FastLog.ln(value), 3e-14 * Math.max(1, Math.abs(Math.log(x))));
    }
    assertEquals(Math.log10(x), FastLog.log10(x), 2e-13);
    assertEquals(Math.log(x) / Math.log(2), FastLog.log2(x), 2e-12);
  }

  /** One row of statistics needs both parts, whose frames then have one spectrum. */
  @Test
  void sharedSpectraGiveTheSameBitsAsSeparateOnes() {
    FeatureSpec statistics = FeatureSpec.emotionFunctionals();
    float[] samples = TestSignals.glide(100, 300, 1.37);
    List<FeaturePart> parts = statistics.parts();
    assertTrue(Framing.isShared(parts.get(0), parts.get(1)));
    FeatureMatrix both =
        new FeatureSpec(statistics.sampleRate(), parts, false).extractor().extract(samples);
    int column = 0;
    for (FeaturePart part : parts) {
      FeatureMatrix alone =
          new FeatureSpec(statistics.sampleRate(), List.of(part), false)
              .extractor()
              .extract(samples);
      for (int dim = 0; dim < alone.dims(); dim++, column++) {
        assertTrue(Arrays.equals(alone.column(dim), both.column(column)), "column " + column);
      }
    }
    assertEquals(both.dims(), column);
  }

  /** What is left is the result, and a few objects of each call. */
  @ParameterizedTest
  @ValueSource(ints = {2, 20})
  void framesAllocateNothing(int seconds) {
    FeatureSpec spec = new FeatureSpec(16_000, FeatureSpec.emotionFunctionals().parts(), false);
    FeatureExtractor extractor = spec.extractor();
    float[] samples = TestSignals.noise(16_000 * seconds, 1);
    for (int i = 0; i < 3; i++) {
      extractor.extract(samples);
    }
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(id);
    FeatureMatrix result = extractor.extract(samples);
    long allocated = threads.getThreadAllocatedBytes(id) - before;
    assertTrue(
        allocated < 4L * result.values().length + 20_000, allocated + " bytes were allocated");
  }
}
