/**
 * The parts in which {@code gemoclap annotate} processes an archive: which parts are finished, and
 * which are still to do. Builds and runs no pipeline.
 */
package io.gemoclap.cli.archive;
