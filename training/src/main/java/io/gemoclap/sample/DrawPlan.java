package io.gemoclap.sample;

import java.io.Serializable;

/**
 * What a pass over the annotations looks for. Immutable.
 *
 * @param grouping what segments are grouped by
 * @param seed chooses the random order
 * @param strata the strata of the random part
 * @param uncertain how many of the least confident segments to keep
 * @param pool how many segments to keep for the diverse part, in random order
 */
public record DrawPlan(Grouping grouping, long seed, Strata strata, int uncertain, int pool)
    implements Serializable {}
