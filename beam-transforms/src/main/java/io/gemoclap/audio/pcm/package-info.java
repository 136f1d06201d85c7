/**
 * What all audio code shares: blocks of samples and who receives them, limits, and what can be said
 * of a file that was decoded or that could not be.
 *
 * <p>{@link io.gemoclap.audio.pcm.DecodeReport} describes a recording that was decoded; {@link
 * io.gemoclap.audio.pcm.DecodeException} says why one could not be.
 */
@NullMarked
package io.gemoclap.audio.pcm;

import org.jspecify.annotations.NullMarked;
