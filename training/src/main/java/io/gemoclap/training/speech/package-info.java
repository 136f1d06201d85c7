/**
 * Trains and tests the classifier that tells speech from other sounds ({@code audio.speech}).
 *
 * <p>{@link io.gemoclap.training.speech.SpeechClips} reads recordings by source, {@link
 * io.gemoclap.training.speech.NetworkTrainer} fits the network, and {@link
 * io.gemoclap.training.speech.Rejections} counts what it rejects.
 */
@NullMarked
package io.gemoclap.training.speech;

import org.jspecify.annotations.NullMarked;
