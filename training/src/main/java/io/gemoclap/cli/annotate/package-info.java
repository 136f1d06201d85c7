/** {@code gemoclap annotate}: its options, inputs, and the batch and streaming jobs. */
package io.gemoclap.cli.annotate;
