/**
 * A standalone Flink cluster of several JVMs on this machine, and what must hold on it: deployment,
 * faults, metrics. Processes are stopped by their own handles; ports are free ones.
 */
package io.gemoclap.flink;
