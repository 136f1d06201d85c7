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
    int end = length + width - 1;
    double share = 1.0 / width;
    double sum = 0;
    for (int i = 0; i < end; i++) {
      float next = i < length ? signal[i] : 0;
      float last = i < width ? 0 : signal[i - width];
      sum += (double) next - last;
      once[i] = (float) (sum * share);
    }
    sum = 0;
    for (int i = 0; i < end; i++) {
      sum += i < width ? once[i] : (double) once[i] - once[i - width];
      if (i >= width - 1) {
        signal[i - width + 1] = (float) (sum * share);
      }
    }
  }
}
