package io.gemoclap.features;

/**
 * Weakens what lies above the pitch range before pitch is sought, since formants and breath make
 * neighbouring periods of a voice unlike: a running mean, twice, which is a triangular filter that
 * delays nothing.
 */
final class PitchBand {
  private final int width;
  private float[] once = new float[0];

  /**
   * @param nullHz the first frequency that the running mean removes altogether
   */
  PitchBand(int sampleRate, double nullHz) {
    this.width = Math.max(1, (int) Math.round(sampleRate / nullHz));
  }

  /** Filters the first {@code length} samples in place; beyond both ends the signal is zero. */
  void filter(float[] signal, int length) {
    if (once.length < length + width) {
      once = new float[length + width];
    }
    double sum = 0;
    for (int i = 0; i < length + width - 1; i++) {
      sum += i < length ? signal[i] : 0;
      sum -= i >= width ? signal[i - width] : 0;
      once[i] = (float) (sum / width);
    }
    sum = 0;
    for (int i = 0; i < length + width - 1; i++) {
      sum += once[i];
      sum -= i >= width ? once[i - width] : 0;
      if (i >= width - 1) {
        signal[i - width + 1] = (float) (sum / width);
      }
    }
  }
}
