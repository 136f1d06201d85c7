package io.gemoclap.features;

import java.util.List;

/** Logarithm of mel-filtered power, by librosa's, Whisper's or Kaldi's definition. */
final class LogMel implements SpectralColumns {
  private static final float FLOOR = 1e-10f;

  /** Single-precision epsilon, the floor of Kaldi's logarithm. */
  private static final float KALDI_FLOOR = Math.ulp(1f);

  private final FeaturePart part;
  private final MelFilters filters;
  private final float[][] mel;
  private final float floor;

  /** From natural logarithms to those of the preset. */
  private final double scale;

  private Target to = Target.NOWHERE;
  private int frames;

  LogMel(FeaturePart part, int sampleRate) {
    boolean isKaldi = part.preset() == FeaturePart.Preset.KALDI;
    this.part = part;
    this.filters =
        isKaldi ? MelFilters.kaldi(part, sampleRate) : MelFilters.slaney(part, sampleRate);
    this.mel = new float[part.bins()][Lanes.COUNT];
    this.floor = isKaldi ? KALDI_FLOOR : FLOOR;
    this.scale = isWhisper() ? 1 / Math.log(10) : 1;
  }

  @Override
  public void begin(float[] samples, int frames, Target to) {
    this.to = to;
    this.frames = frames;
  }

  @Override
  public void add(int frame, int lanes, float[][] power) {
    filters.apply(power, mel, lanes);
    float[] values = to.values();
    for (int bin = 0; bin < mel.length; bin++) {
      float[] row = mel[bin];
      int at = to.index(frame, bin);
      for (int j = 0; j < lanes; j++) {
        values[at] = (float) (FastLog.ln(Math.max(row[j], floor)) * scale);
        at += to.stride();
      }
    }
  }

  @Override
  public void finish() {
    if (isWhisper()) {
      toWhisperScale();
    }
  }

  /** Decades of power, at most eight below the peak of the segment, moved to about -1 to 1. */
  private void toWhisperScale() {
    float[] values = to.values();
    float peak = Float.NEGATIVE_INFINITY;
    for (int frame = 0; frame < frames; frame++) {
      for (int bin = 0; bin < part.bins(); bin++) {
        peak = Math.max(peak, values[to.index(frame, bin)]);
      }
    }
    for (int frame = 0; frame < frames; frame++) {
      for (int bin = 0; bin < part.bins(); bin++) {
        int i = to.index(frame, bin);
        values[i] = (Math.max(values[i], peak - 8) + 4) / 4;
      }
    }
  }

  private boolean isWhisper() {
    return part.preset() == FeaturePart.Preset.WHISPER;
  }

  @Override
  public List<String> names() {
    return switch (part.preset()) {
      case KALDI -> ColumnNames.numbered("kaldi", part.bins());
      case WHISPER -> ColumnNames.numbered("whisper", part.bins());
      default -> ColumnNames.numbered("logmel", part.bins());
    };
  }

  @Override
  public int minSamples() {
    return part.windowSamples();
  }

  @Override
  public String whyMinSamples() {
    return "are needed to fill one analysis window";
  }
}
