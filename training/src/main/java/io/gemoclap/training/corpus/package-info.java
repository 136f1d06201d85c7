/**
 * Emotion corpora as lists of labelled utterances: one class a corpus, all its oddities in it.
 * Imports {@code audio}, to decode, and no other stage.
 */
package io.gemoclap.training.corpus;
