/** Virtual speakers: features of perturbed copies of the utterances. */
package io.gemoclap.training.augment;
