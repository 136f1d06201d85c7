/**
 * What {@code gemoclap benchmark} measures: each thing a {@link io.gemoclap.cli.benchmark.Task},
 * run side by side in rounds, told as ratios. May use every stage; only the command uses it.
 */
package io.gemoclap.cli.benchmark;
