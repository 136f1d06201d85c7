package io.gemoclap.quality;

/**
 * Estimates the signal-to-noise ratio from the statistic ln E|z| − E ln|z| of a waveform z (Kim and
 * Stern, Interspeech 2008, equation 7): the amplitudes of clean speech have a gamma distribution
 * with shape 0.4, those of noise a normal one, and the statistic grows with their ratio. {@code
 * oracle/wada-snr.py} computes the table.
 */
final class WadaSnr {
  /** Lowest estimate in dB. */
  static final int LOWEST = -20;

  /** Highest estimate in dB. */
  static final int HIGHEST = 60;

  private static final double[] STATISTIC = {
    0.40943, 0.40946, 0.40949, 0.40955, 0.40964, 0.40977, 0.40996, 0.41025, 0.41067,
    0.41127, 0.41213, 0.41332, 0.41495, 0.41714, 0.42005, 0.42383, 0.42865, 0.43469,
    0.44214, 0.45115, 0.46187, 0.47441, 0.48885, 0.50522, 0.52350, 0.54364, 0.56554,
    0.58905, 0.61400, 0.64022, 0.66748, 0.69559, 0.72433, 0.75351, 0.78292, 0.81241,
    0.84180, 0.87096, 0.89977, 0.92812, 0.95593, 0.98312, 1.00963, 1.03542, 1.06046,
    1.08472, 1.10819, 1.13086, 1.15273, 1.17380, 1.19408, 1.21359, 1.23234, 1.25034,
    1.26762, 1.28419, 1.30007, 1.31530, 1.32988, 1.34384, 1.35721, 1.37000, 1.38224,
    1.39395, 1.40515, 1.41586, 1.42610, 1.43589, 1.44525, 1.45419, 1.46274, 1.47091,
    1.47871, 1.48617, 1.49329, 1.50010, 1.50661, 1.51282, 1.51875, 1.52442, 1.52984,
  };

  private WadaSnr() {}

  /** The ratio in dB at which the statistic is expected, interpolated. */
  static double of(double statistic) {
    if (!(statistic > STATISTIC[0])) {
      return LOWEST;
    }
    for (int i = 1; i < STATISTIC.length; i++) {
      if (statistic <= STATISTIC[i]) {
        double part = (statistic - STATISTIC[i - 1]) / (STATISTIC[i] - STATISTIC[i - 1]);
        return LOWEST + i - 1 + part;
      }
    }
    return HIGHEST;
  }
}
