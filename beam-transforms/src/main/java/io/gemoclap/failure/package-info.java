/**
 * What went wrong with one item: the one failure type of all stages.
 *
 * <p>A bad file, segment or record becomes one {@link io.gemoclap.failure.Failure} with a kind and
 * a sentence, {@linkplain io.gemoclap.failure.SecretMask without secrets}; all other items are
 * processed. A fault of a worker is thrown instead, so that the runner retries the work: {@link
 * io.gemoclap.failure.FaultPolicy} distinguishes them.
 */
@NullMarked
package io.gemoclap.failure;

import org.jspecify.annotations.NullMarked;
