/** The training loop of one fold. Uses no Beam. */
package io.gemoclap.training.fit;
