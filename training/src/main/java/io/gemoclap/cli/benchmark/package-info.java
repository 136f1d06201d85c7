/**
 * {@code gemoclap benchmark}: measures each {@link io.gemoclap.cli.benchmark.Task} side by side
 * with the others, in rounds, and reports ratios.
 */
package io.gemoclap.cli.benchmark;
