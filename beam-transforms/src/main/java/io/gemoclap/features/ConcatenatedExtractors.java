package io.gemoclap.features;

import java.util.ArrayList;
import java.util.List;

/**
 * Several extractors whose frames line up, as one. Where one of them has fewer frames, as Whisper's
 * has by one, the surplus at the end of the others is dropped.
 */
final class ConcatenatedExtractors implements FeatureExtractor {
  private final List<FeatureExtractor> parts;
  private final int dims;

  ConcatenatedExtractors(List<FeatureExtractor> parts) {
    this.parts = parts;
    this.dims = parts.stream().mapToInt(FeatureExtractor::dims).sum();
  }

  @Override
  public FeatureMatrix extract(float[] samples) {
    List<FeatureMatrix> matrices = new ArrayList<>(parts.size());
    int frames = Integer.MAX_VALUE;
    for (FeatureExtractor part : parts) {
      FeatureMatrix matrix = part.extract(samples);
      matrices.add(matrix);
      frames = Math.min(frames, matrix.frames());
    }
    float[] values = new float[frames * dims];
    int column = 0;
    for (FeatureMatrix matrix : matrices) {
      for (int frame = 0; frame < frames; frame++) {
        System.arraycopy(
            matrix.values(), frame * matrix.dims(), values, frame * dims + column, matrix.dims());
      }
      column += matrix.dims();
    }
    return FeatureMatrix.of(frames, dims, values);
  }

  @Override
  public int dims() {
    return dims;
  }

  @Override
  public List<String> names() {
    return parts.stream().flatMap(part -> part.names().stream()).toList();
  }

  @Override
  public int minSamples() {
    return parts.stream().mapToInt(FeatureExtractor::minSamples).max().orElseThrow();
  }

  @Override
  public double frameSeconds() {
    return parts.get(0).frameSeconds();
  }
}
