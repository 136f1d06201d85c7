package io.gemoclap.features;

import java.util.Arrays;

/** Where the energy of a frame lies: librosa's spectral centroid, roll-off and flatness. */
final class SpectralShape {
  /** Share of the summed magnitude that lies below the roll-off frequency. */
  private static final double ROLL_OFF = 0.85;

  private static final float FLOOR = 1e-10f;

  /**
   * One logarithm serves so many factors: samples are at most 1e6, so that the product of the power
   * of so many frequencies, none of them below the floor, is far from overflow and underflow.
   */
  private static final int FACTORS = 8;

  private final double hzPerBin;
  private final int frequencies;
  private final float[] magnitude = new float[Lanes.COUNT];

  /** The sum of the magnitudes up to each frequency. */
  private final double[][] sums;

  private final double[] moments = new double[Lanes.COUNT];
  private final double[] powers = new double[Lanes.COUNT];
  private final double[] products = new double[Lanes.COUNT];
  private final double[] logs = new double[Lanes.COUNT];

  SpectralShape(int frequencies, double hzPerBin) {
    this.hzPerBin = hzPerBin;
    this.frequencies = frequencies;
    this.sums = new double[frequencies][Lanes.COUNT];
  }

  /**
   * Writes three columns for each frame: centroid in Hz, roll-off in Hz, and flatness from 0 to 1.
   * Silence gives 0, 0, 1.
   *
   * @param power a row for each frequency, with one number for each frame
   * @param frame the first frame
   * @param offset the first column
   */
  void compute(float[][] power, int lanes, SpectralColumns.Target to, int frame, int offset) {
    addMagnitudes(power, lanes);
    addPowers(power, lanes);
    for (int j = 0; j < lanes; j++) {
      double sum = sums[frequencies - 1][j];
      int index = to.index(frame + j, offset);
      to.values()[index] = sum > 0 ? (float) (hzPerBin * moments[j] / sum) : 0;
      to.values()[index + 1] = (float) (hzPerBin * rollOff(j, ROLL_OFF * sum));
      double geometric = Math.exp(logs[j] / frequencies);
      to.values()[index + 2] = (float) (geometric * frequencies / powers[j]);
    }
  }

  private void addMagnitudes(float[][] power, int lanes) {
    Arrays.fill(moments, 0, lanes, 0);
    double[] before = sums[0];
    for (int k = 0; k < frequencies; k++) {
      Lanes.squareRoot(power[k], magnitude, lanes);
      double[] sum = sums[k];
      for (int j = 0; j < lanes; j++) {
        sum[j] = (k == 0 ? 0 : before[j]) + magnitude[j];
        moments[j] += (double) magnitude[j] * k;
      }
      before = sum;
    }
  }

  /** The lowest frequency up to which the sum reaches the target. */
  private int rollOff(int lane, double target) {
    int low = 0;
    int high = frequencies - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sums[middle][lane] < target) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void addPowers(float[][] power, int lanes) {
    Arrays.fill(powers, 0, lanes, 0);
    Arrays.fill(products, 0, lanes, 1);
    Arrays.fill(logs, 0, lanes, 0);
    for (int k = 0; k < frequencies; k++) {
      float[] row = power[k];
      for (int j = 0; j < lanes; j++) {
        double value = Math.max(row[j], FLOOR);
        powers[j] += value;
        products[j] *= value;
      }
      if (k % FACTORS == FACTORS - 1 || k == frequencies - 1) {
        for (int j = 0; j < lanes; j++) {
          logs[j] += FastLog.ln(products[j]);
          products[j] = 1;
        }
      }
    }
  }
}
