package io.gemoclap.features;

import java.util.List;

/** Log-mel spectrogram of centred frames, by librosa's or Whisper's definition. */
final class LogMel implements FeatureExtractor {
  private static final float FLOOR = 1e-10f;

  private final FeaturePart part;
  private final int sampleRate;
  private final MelSpectrogram mel;

  LogMel(FeaturePart part, int sampleRate) {
    this.part = part;
    this.sampleRate = sampleRate;
    this.mel = new MelSpectrogram(part, sampleRate);
  }

  @Override
  public FeatureMatrix extract(float[] samples) {
    SampleChecks.require(samples, minSamples(), "are needed to fill one analysis window");
    int frames = mel.frames(samples.length) - (isWhisper() ? 1 : 0);
    float[] values = new float[frames * part.bins()];
    mel.compute(samples, frames, values);
    if (isWhisper()) {
      toWhisperScale(values);
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) Math.log(Math.max(values[i], FLOOR));
      }
    }
    return FeatureMatrix.of(frames, part.bins(), values);
  }

  private boolean isWhisper() {
    return part.preset() == FeaturePart.Preset.WHISPER;
  }

  /** Decades of power, at most eight below the peak of the segment, moved to about -1 to 1. */
  private static void toWhisperScale(float[] values) {
    float peak = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.log10(Math.max(values[i], FLOOR));
      peak = Math.max(peak, values[i]);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (Math.max(values[i], peak - 8) + 4) / 4;
    }
  }

  @Override
  public int dims() {
    return part.bins();
  }

  @Override
  public List<String> names() {
    return ColumnNames.numbered(isWhisper() ? "whisper" : "logmel", part.bins());
  }

  @Override
  public int minSamples() {
    return part.windowSamples();
  }

  @Override
  public double frameSeconds() {
    return (double) part.hopSamples() / sampleRate;
  }
}
