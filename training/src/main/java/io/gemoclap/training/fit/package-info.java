/**
 * The training loop: two towers, one fold. Imports {@code corpus}, {@code augment}, {@code prompts}
 * and {@code objective}; knows no Beam.
 */
package io.gemoclap.training.fit;
