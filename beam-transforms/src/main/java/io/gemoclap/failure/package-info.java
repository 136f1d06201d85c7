/**
 * What went wrong with one item: the one failure type of all stages.
 *
 * <p>A bad file, segment or record becomes one {@link io.gemoclap.failure.Failure} with a kind and
 * a sentence, {@linkplain io.gemoclap.failure.SecretMask without secrets}; everything else goes on.
 * Imports no other package of the library.
 */
package io.gemoclap.failure;
