package io.gemoclap.features;

import java.util.ArrayList;
import java.util.List;

/**
 * Mel-frequency cepstral coefficients by librosa's definition: mel power in dB, at most 80 below
 * the peak of the segment, then the orthonormal DCT-II; with derivatives over time if asked for.
 */
final class Mfcc implements FeatureExtractor {
  private static final float FLOOR = 1e-10f;
  private static final float RANGE_DB = 80;

  private final FeaturePart part;
  private final int sampleRate;
  private final MelSpectrogram mel;
  private final float[][] cosines;
  private float[] decibels = new float[0];

  Mfcc(FeaturePart part, int sampleRate) {
    this.part = part;
    this.sampleRate = sampleRate;
    this.mel = new MelSpectrogram(part, sampleRate);
    this.cosines = orthonormalCosines(part.coefficients(), part.bins());
  }

  private static float[][] orthonormalCosines(int rows, int columns) {
    float[][] cosines = new float[rows][columns];
    for (int k = 0; k < rows; k++) {
      double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / columns);
      for (int n = 0; n < columns; n++) {
        cosines[k][n] = (float) (scale * Math.cos(Math.PI * k * (2 * n + 1) / (2 * columns)));
      }
    }
    return cosines;
  }

  @Override
  public FeatureMatrix extract(float[] samples) {
    SampleChecks.require(samples, minSamples(), whyMinSamples());
    int frames = mel.frames(samples.length);
    if (decibels.length < frames * part.bins()) {
      decibels = new float[frames * part.bins()];
    }
    mel.compute(samples, frames, decibels);
    toDecibels(frames * part.bins());
    int dims = dims();
    float[] values = new float[frames * dims];
    for (int frame = 0; frame < frames; frame++) {
      transform(frame * part.bins(), values, frame * dims);
    }
    int count = part.coefficients();
    for (int order = 1; order <= part.deltas(); order++) {
      Deltas.write(values, frames, dims, count, order);
    }
    return FeatureMatrix.of(frames, dims, values);
  }

  private void toDecibels(int length) {
    float peak = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < length; i++) {
      decibels[i] = (float) (10 * Math.log10(Math.max(decibels[i], FLOOR)));
      peak = Math.max(peak, decibels[i]);
    }
    for (int i = 0; i < length; i++) {
      decibels[i] = Math.max(decibels[i], peak - RANGE_DB);
    }
  }

  private void transform(int from, float[] values, int to) {
    for (int k = 0; k < cosines.length; k++) {
      float[] row = cosines[k];
      float sum = 0;
      for (int n = 0; n < row.length; n++) {
        sum += row[n] * decibels[from + n];
      }
      values[to + k] = sum;
    }
  }

  @Override
  public int dims() {
    return part.coefficients() * (1 + part.deltas());
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (String stem : List.of("mfcc", "mfcc_delta", "mfcc_delta2").subList(0, 1 + part.deltas())) {
      names.addAll(ColumnNames.numbered(stem, part.coefficients()));
    }
    return List.copyOf(names);
  }

  /** Derivatives need nine frames; shorter segments are refused, as librosa refuses them. */
  @Override
  public int minSamples() {
    return part.deltas() == 0
        ? part.windowSamples()
        : Math.max(part.windowSamples(), (Deltas.WIDTH - 1) * part.hopSamples());
  }

  private String whyMinSamples() {
    return part.deltas() == 0
        ? "are needed to fill one analysis window"
        : "are needed for the " + Deltas.WIDTH + " frames of a derivative";
  }

  @Override
  public double frameSeconds() {
    return (double) part.hopSamples() / sampleRate;
  }
}
