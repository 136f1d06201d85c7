/** {@code gemoclap report}: of a training run, or of the results of an archive. */
package io.gemoclap.cli.report;
