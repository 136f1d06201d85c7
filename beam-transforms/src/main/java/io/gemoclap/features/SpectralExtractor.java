package io.gemoclap.features;

import java.util.ArrayList;
import java.util.List;

/** The columns of one or more parts that share frames, whose spectra are computed once. */
final class SpectralExtractor implements FeatureExtractor {
  private final Framing framing;
  private final List<SpectralColumns> columns;
  private final int[] firstColumns;
  private final List<String> names;
  private final double frameSeconds;

  /**
   * @param parts at least one; all have the same framing
   */
  SpectralExtractor(List<FeaturePart> parts, int sampleRate) {
    FeaturePart first = parts.get(0);
    this.framing = Framing.of(first);
    this.columns = parts.stream().map(part -> part.columns(sampleRate)).toList();
    this.firstColumns = new int[columns.size()];
    List<String> all = new ArrayList<>();
    for (int i = 0; i < firstColumns.length; i++) {
      firstColumns[i] = all.size();
      all.addAll(columns.get(i).names());
    }
    this.names = List.copyOf(all);
    this.frameSeconds = (double) first.hopSamples() / sampleRate;
  }

  @Override
  public FeatureMatrix extract(float[] samples) {
    for (SpectralColumns part : columns) {
      SampleChecks.require(samples, part.minSamples(), part.whyMinSamples());
    }
    int frames = framing.begin(samples);
    float[] values = new float[frames * dims()];
    for (int i = 0; i < firstColumns.length; i++) {
      var target = new SpectralColumns.Target(values, dims(), firstColumns[i]);
      columns.get(i).begin(samples, frames, target);
    }
    for (int frame = 0; frame < frames; frame += Lanes.COUNT) {
      int lanes = Math.min(Lanes.COUNT, frames - frame);
      float[][] power = framing.power(frame, lanes);
      for (SpectralColumns part : columns) {
        part.add(frame, lanes, power);
      }
    }
    columns.forEach(SpectralColumns::finish);
    return FeatureMatrix.of(frames, dims(), values);
  }

  @Override
  public int dims() {
    return names.size();
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public int minSamples() {
    return columns.stream().mapToInt(SpectralColumns::minSamples).max().orElseThrow();
  }

  @Override
  public double frameSeconds() {
    return frameSeconds;
  }
}
