/** Virtual speakers: features of perturbed copies of the utterances. Imports {@code corpus}. */
package io.gemoclap.training.augment;
