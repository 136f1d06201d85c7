/** Adapts a finished model to an archive by clips of it that people have labelled. */
package io.gemoclap.training.adapt;
