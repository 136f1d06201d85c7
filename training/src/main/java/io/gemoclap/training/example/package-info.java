/** Utterances with their features, read as a stream, and normalized by group. */
package io.gemoclap.training.example;
