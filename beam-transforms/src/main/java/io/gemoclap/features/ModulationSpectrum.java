package io.gemoclap.features;

import java.util.ArrayList;
import java.util.List;

/**
 * How strongly energy and eight bands of the spectrum swing at speech-rhythm frequencies from 1 to
 * 20 Hz: log mean power of each band filtered with two cycles of a Hann-windowed wave.
 */
final class ModulationSpectrum {
  private static final double[] FREQUENCIES_HZ = {1, 2, 3, 4, 5.5, 7.5, 10, 14, 20};
  private static final int BANDS = 9;
  private static final double FLOOR = 1e-4;

  private final double[][] cosines = new double[FREQUENCIES_HZ.length][];
  private final double[][] sines = new double[FREQUENCIES_HZ.length][];

  ModulationSpectrum(double frameSeconds) {
    for (int f = 0; f < FREQUENCIES_HZ.length; f++) {
      int length = (int) (2 / (FREQUENCIES_HZ[f] * frameSeconds)) | 1;
      cosines[f] = new double[length];
      sines[f] = new double[length];
      double sum = 0;
      for (int i = 0; i < length; i++) {
        double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 1) / (length + 1));
        double phase = 2 * Math.PI * FREQUENCIES_HZ[f] * (i - length / 2) * frameSeconds;
        cosines[f][i] = window * Math.cos(phase);
        sines[f][i] = window * Math.sin(phase);
        sum += window;
      }
      for (int i = 0; i < length; i++) {
        cosines[f][i] /= sum;
        sines[f][i] /= sum;
      }
    }
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    for (double frequency : FREQUENCIES_HZ) {
      for (int band = 0; band < BANDS; band++) {
        names.add("modulation_" + frequency + "hz_" + (band == 0 ? "energy" : "band" + band));
      }
    }
    return names;
  }

  void add(Functionals.Row row, double[][] bands, boolean[] active) {
    double[][] centred = new double[BANDS][];
    for (int band = 0; band < BANDS; band++) {
      double mean = Over.mean(bands[band], active);
      centred[band] = java.util.Arrays.stream(bands[band]).map(x -> x - mean).toArray();
    }
    for (int f = 0; f < FREQUENCIES_HZ.length; f++) {
      for (double[] band : centred) {
        row.add(Math.log(power(band, active, cosines[f], sines[f]) + FLOOR));
      }
    }
  }

  /** Mean squared magnitude over active frames; the band is zero outside the segment. */
  private static double power(double[] x, boolean[] active, double[] cosine, double[] sine) {
    int half = cosine.length / 2;
    double sum = 0;
    int count = 0;
    for (int t = 0; t < x.length; t++) {
      if (active[t]) {
        double real = 0;
        double imaginary = 0;
        int from = Math.max(0, half - t);
        int to = Math.min(cosine.length, x.length + half - t);
        for (int i = from; i < to; i++) {
          real += cosine[i] * x[t + i - half];
          imaginary += sine[i] * x[t + i - half];
        }
        sum += real * real + imaginary * imaginary;
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
