/**
 * Embeddings in, calibrated probabilities of any labels out; and summaries of recordings. Imports
 * the stages before it, {@code model}, {@code live} and {@code failure}.
 */
@NullMarked
package io.gemoclap.score;

import org.jspecify.annotations.NullMarked;
