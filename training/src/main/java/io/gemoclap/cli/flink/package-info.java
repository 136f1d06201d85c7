/**
 * Runs a pipeline for a command: on Flink inside this process, on a Flink cluster, or on the
 * DirectRunner.
 */
package io.gemoclap.cli.flink;
