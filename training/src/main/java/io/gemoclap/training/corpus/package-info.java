/** Emotion corpora as lists of labelled utterances: one class a corpus, all its oddities in it. */
package io.gemoclap.training.corpus;
