/** Embeddings in, calibrated probabilities of any labels out; and summaries of recordings. */
@NullMarked
package io.gemoclap.score;

import org.jspecify.annotations.NullMarked;
