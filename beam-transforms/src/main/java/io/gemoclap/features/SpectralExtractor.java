package io.gemoclap.features;

import java.util.List;

/** The columns of one or more parts that share frames, whose spectra are computed once. */
final class SpectralExtractor implements FeatureExtractor {
  private final Framing framing;
  private final List<SpectralColumns> columns;
  private final List<String> names;
  private final double frameSeconds;

  /**
   * @param parts at least one; all have the same framing
   */
  SpectralExtractor(List<FeaturePart> parts, int sampleRate) {
    FeaturePart first = parts.get(0);
    this.framing = Framing.of(first);
    this.columns = parts.stream().map(part -> part.columns(sampleRate)).toList();
    this.names = columns.stream().flatMap(part -> part.names().stream()).toList();
    this.frameSeconds = (double) first.hopSamples() / sampleRate;
  }

  @Override
  public FeatureMatrix extract(float[] samples) {
    for (SpectralColumns part : columns) {
      SampleChecks.require(samples, part.minSamples(), part.whyMinSamples());
    }
    int frames = framing.begin(samples);
    float[] values = new float[frames * dims()];
    int column = 0;
    for (SpectralColumns part : columns) {
      part.begin(samples, frames, new SpectralColumns.Target(values, dims(), column));
      column += part.names().size();
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
