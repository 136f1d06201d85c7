/**
 * {@code gemoclap train}, and the commands that inspect a corpus, import pretrained encoders, and
 * report and compare training runs.
 */
package io.gemoclap.cli.train;
