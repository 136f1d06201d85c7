package io.gemoclap.cli.sample;

import io.gemoclap.sample.Grouping;
import io.gemoclap.sample.Shares;

/**
 * What the user asks for.
 *
 * @param n how many segments
 * @param grouping groups of the random part
 * @param shares shares of the parts
 * @param seed chooses the random segments
 */
record SampleRequest(int n, Grouping grouping, Shares shares, long seed) {}
