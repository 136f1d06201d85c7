/** Bundles made of pretrained towers, before any training here. */
package io.gemoclap.training.pretrained;
