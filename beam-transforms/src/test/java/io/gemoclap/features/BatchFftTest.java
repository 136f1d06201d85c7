package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchFftTest {

  /** The sizes in use (256, 512 and Whisper's 200), and every kind of factor. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 8, 15, 16, 32, 49, 60, 97, 200, 256, 512})
  void equalsTheDefinitionForEverySignal(int size) {
    int lanes = 3;
    double[][] re = noise(size, 1);
    double[][] im = noise(size, 2);
    BatchFft fft = new BatchFft(size);
    double[][][] expected = definition(re, im, size, lanes);
    fft.transform(re, im, lanes);
    for (int k = 0; k < size; k++) {
      for (int j = 0; j < lanes; j++) {
        assertEquals(expected[0][k][j], fft.byFrequency(re)[k][j], 1e-12 * size);
        assertEquals(expected[1][k][j], fft.byFrequency(im)[k][j], 1e-12 * size);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 60, 200, 512})
  void exchangedPartsTransformBack(int size) {
    double[][] re = noise(size, 1);
    double[][] im = noise(size, 2);
    double[][] before = noise(size, 1);
    BatchFft fft = new BatchFft(size);
    fft.transform(re, im, Lanes.COUNT);
    double[][] spectrum = fft.byFrequency(re);
    fft.transform(fft.byFrequency(im), spectrum, Lanes.COUNT);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < Lanes.COUNT; j++) {
        assertEquals(before[i][j], fft.byFrequency(spectrum)[i][j] / size, 1e-13 * size);
      }
    }
  }

  private static double[][] noise(int size, int seed) {
    Random random = new Random(seed);
    double[][] rows = BatchFft.rows(size);
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return rows;
  }

  private static double[][][] definition(double[][] re, double[][] im, int size, int lanes) {
    double[][][] sums = new double[2][size][lanes];
    for (int k = 0; k < size; k++) {
      for (int i = 0; i < size; i++) {
        double angle = -2 * Math.PI * ((long) k * i % size) / size;
        for (int j = 0; j < lanes; j++) {
          sums[0][k][j] += re[i][j] * Math.cos(angle) - im[i][j] * Math.sin(angle);
          sums[1][k][j] += re[i][j] * Math.sin(angle) + im[i][j] * Math.cos(angle);
        }
      }
    }
    return sums;
  }
}
