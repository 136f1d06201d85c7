package io.gemoclap.audio.speech;

import io.gemoclap.audio.signal.RealTransform;
import java.util.Arrays;

/**
 * Spectra of consecutive frames of 32 ms: the level of bands that are equally wide in mel, and the
 * fine structure, which is the level of each frequency above its surroundings.
 *
 * <p>The frames do not overlap, which makes this six times as cheap as the frames of the features
 * of a model. Not thread-safe; reuses its buffers.
 */
final class BandSpectrum {
  /** Bands between {@link #LOWEST_HZ} and {@link #HIGHEST_HZ}. */
  static final int BANDS = 18;

  /** What telephones transmit, and a little more: the same at all sampling rates from 8 kHz on. */
  private static final double LOWEST_HZ = 100;

  private static final double HIGHEST_HZ = 3_900;
  private static final double FRAME_SECONDS = 0.032;

  /** Frequencies on either side that are the surroundings of one. */
  private static final int SURROUNDINGS = 6;

  private static final float FLOOR = 1e-12f;
  private static final float DECIBELS = (float) (10 * Math.log10(2));

  private final int frame;
  private final int first;
  private final int fine;
  private final int[] edges = new int[BANDS + 1];
  private final float[] window;
  private final RealTransform transform;
  private final float[] windowed;
  private final float[] spectrum;
  private final float[] power;
  private final float[] decibels;

  /** Of the first frequencies. */
  private final double[] sums;

  private final double[] shares = new double[2 * SURROUNDINGS + 2];

  /**
   * @param sampleRate rate of the samples in Hz
   * @param transforms makes the Fourier transform
   */
  BandSpectrum(int sampleRate, RealTransform.Factory transforms) {
    frame = Math.max(8, Integer.highestOneBit((int) Math.round(FRAME_SECONDS * sampleRate * 1.4)));
    double step = (double) sampleRate / frame;
    double low = mel(LOWEST_HZ);
    double width = (mel(Math.min(HIGHEST_HZ, sampleRate / 2.0)) - low) / BANDS;
    for (int i = 0; i <= BANDS; i++) {
      edges[i] = Math.min(frame / 2, (int) Math.round(hertz(low + i * width) / step));
    }
    first = edges[0];
    fine = edges[BANDS] - first;
    window = new float[frame];
    for (int i = 0; i < frame; i++) {
      window[i] = (float) ((0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / frame)) * 2 / frame);
    }
    transform = transforms.ofSize(frame);
    windowed = new float[frame];
    spectrum = new float[frame + 2];
    power = new float[fine];
    decibels = new float[fine];
    sums = new double[fine + 1];
    for (int i = 1; i < shares.length; i++) {
      shares[i] = 1.0 / i;
    }
  }

  /** Samples of a frame, and from one frame to the next. */
  int frameSamples() {
    return frame;
  }

  /** Frequencies whose fine structure is computed. */
  int fineSize() {
    return fine;
  }

  /**
   * Computes one frame.
   *
   * @param start index of its first sample
   * @param end index from which on samples count as zero
   * @param bands takes {@link #BANDS} levels in dB of full scale
   * @param structure takes {@link #fineSize} levels in dB above the surroundings
   * @return the level of all bands together, in dB of full scale
   */
  float compute(float[] samples, int start, int end, float[] bands, float[] structure) {
    int length = Math.min(frame, end - start);
    for (int i = 0; i < length; i++) {
      windowed[i] = samples[start + i] * window[i];
    }
    Arrays.fill(windowed, length, frame, 0);
    transform.forward(windowed, spectrum);
    for (int i = 0; i < fine; i++) {
      float re = spectrum[2 * (first + i)];
      float im = spectrum[2 * (first + i) + 1];
      power[i] = re * re + im * im + FLOOR;
    }
    for (int i = 0; i < fine; i++) {
      decibels[i] = decibels(power[i]);
    }
    float total = 0;
    for (int band = 0; band < BANDS; band++) {
      float sum = FLOOR;
      for (int i = edges[band] - first; i < edges[band + 1] - first; i++) {
        sum += power[i];
      }
      bands[band] = decibels(sum);
      total += sum;
    }
    subtractSurroundings(structure);
    return decibels(total);
  }

  private void subtractSurroundings(float[] structure) {
    double sum = 0;
    for (int i = 0; i < fine; i++) {
      sum += decibels[i];
      sums[i + 1] = sum;
    }
    for (int i = 0; i < fine; i++) {
      int from = Math.max(0, i - SURROUNDINGS);
      int to = Math.min(fine, i + SURROUNDINGS + 1);
      structure[i] = (float) (decibels[i] - (sums[to] - sums[from]) * shares[to - from]);
    }
  }

  /** Decibels of a power, to within 0.03: the mantissa's logarithm is a parabola. */
  private static float decibels(float power) {
    int bits = Float.floatToRawIntBits(power);
    float mantissa = Float.intBitsToFloat((bits & 0x7fffff) | 0x3f800000);
    float parabola = ((-1f / 3) * mantissa + 2) * mantissa - 5f / 3;
    return DECIBELS * ((bits >>> 23) - 127 + parabola);
  }

  private static double mel(double hertz) {
    return Math.log(1 + hertz / 700);
  }

  private static double hertz(double mel) {
    return 700 * (Math.exp(mel) - 1);
  }
}
