/** Copies of utterances: virtual speakers, and recordings that were degraded on their way. */
package io.gemoclap.training.augment;
