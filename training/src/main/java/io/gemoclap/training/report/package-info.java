/**
 * What a finished run says: reads a run folder and writes {@code report.json}, {@code report.html}
 * and TensorBoard events from its files alone, and compares two runs.
 */
package io.gemoclap.training.report;
