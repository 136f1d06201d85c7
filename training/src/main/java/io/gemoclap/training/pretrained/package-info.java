/**
 * Bundles made of pretrained towers, before any training here. Imports {@code prompts} and the
 * reference clip of {@code run}.
 */
package io.gemoclap.training.pretrained;
