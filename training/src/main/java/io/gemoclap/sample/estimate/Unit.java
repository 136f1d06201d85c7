package io.gemoclap.sample.estimate;

/**
 * An answered segment with its weight. Immutable.
 *
 * @param truth the segment and its answer
 * @param weight how many segments of the archive it stands for
 * @param stratum number of the stratum by which the variance is computed
 */
record Unit(Truth truth, double weight, int stratum) {}
