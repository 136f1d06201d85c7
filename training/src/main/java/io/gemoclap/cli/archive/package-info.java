/**
 * What {@code gemoclap annotate} has already written, and what is left to do: an archive is
 * annotated in parts, each of which is finished or does not count. Builds and runs no pipeline.
 */
package io.gemoclap.cli.archive;
