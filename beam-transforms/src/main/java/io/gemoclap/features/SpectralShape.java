package io.gemoclap.features;

/** Where the energy of one frame lies: librosa's spectral centroid, roll-off and flatness. */
final class SpectralShape {
  /** Share of the summed magnitude that lies below the roll-off frequency. */
  private static final double ROLL_OFF = 0.85;

  private static final float FLOOR = 1e-10f;

  private final double hzPerBin;
  private final float[] magnitude;

  SpectralShape(int frequencies, double hzPerBin) {
    this.hzPerBin = hzPerBin;
    this.magnitude = new float[frequencies];
  }

  /** Writes centroid in Hz, roll-off in Hz and flatness from 0 to 1; silence gives 0, 0, 1. */
  void compute(float[] power, float[] out, int offset) {
    double sum = 0;
    double moment = 0;
    for (int k = 0; k < magnitude.length; k++) {
      magnitude[k] = (float) Math.sqrt(power[k]);
      sum += magnitude[k];
      moment += (double) magnitude[k] * k;
    }
    out[offset] = sum > 0 ? (float) (hzPerBin * moment / sum) : 0;
    out[offset + 1] = (float) (hzPerBin * rollOff(ROLL_OFF * sum));
    out[offset + 2] = flatness(power);
  }

  private int rollOff(double target) {
    double sum = magnitude[0];
    int k = 0;
    while (sum < target && k < magnitude.length - 1) {
      k++;
      sum += magnitude[k];
    }
    return k;
  }

  /** Geometric over arithmetic mean of power. One logarithm serves four factors. */
  private static float flatness(float[] power) {
    double sum = 0;
    double logs = 0;
    double product = 1;
    for (int k = 0; k < power.length; k++) {
      double value = Math.max(power[k], FLOOR);
      sum += value;
      product *= value;
      if (k % 4 == 3) {
        logs += Math.log(product);
        product = 1;
      }
    }
    logs += Math.log(product);
    return (float) (Math.exp(logs / power.length) * power.length / sum);
  }
}
