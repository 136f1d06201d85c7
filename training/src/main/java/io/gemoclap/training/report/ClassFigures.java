package io.gemoclap.training.report;

/**
 * Headline figures of one label.
 *
 * @param label the label
 * @param utterances test utterances of that label
 * @param recall share of them that were given it; 0 without any
 * @param precision share of those that were given it and are of it; 0 when it was never given
 * @param f1 harmonic mean of both
 */
public record ClassFigures(
    String label, int utterances, double recall, double precision, double f1) {}
