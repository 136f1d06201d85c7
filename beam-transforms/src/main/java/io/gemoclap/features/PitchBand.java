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

  /**
   * Filters a signal; beyond both ends it is taken for zero.
   *
   * @param signal the first {@code length} samples count; not changed
   * @param to where the filtered samples go, another array
   */
  void filter(float[] signal, float[] to, int length) {
    if (once.length < length + width) {
      once = new float[length + width];
    }
    double share = 1.0 / width;
    double sum = 0;
    double sumOfMeans = 0;
    for (int i = 0; i < length + width - 1; i++) {
      float next = i < length ? signal[i] : 0;
      float last = i < width ? 0 : signal[i - width];
      sum += (double) next - last;
      once[i] = (float) (sum * share);
      sumOfMeans += i < width ? once[i] : (double) once[i] - once[i - width];
      if (i >= width - 1) {
        to[i - width + 1] = (float) (sumOfMeans * share);
      }
    }
  }
}
