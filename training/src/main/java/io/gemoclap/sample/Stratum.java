package io.gemoclap.sample;

import java.io.Serializable;

/**
 * Segments among which the random part is drawn by itself. Immutable.
 *
 * @param name its group, or the first and the last of its groups
 * @param first the first of its groups, by name
 * @param size N<sub>h</sub>, its number of segments in the results
 * @param sample n<sub>h</sub>, how many of them the random part has
 */
public record Stratum(String name, String first, long size, int sample) implements Serializable {}
