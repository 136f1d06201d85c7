/**
 * Tells speech from music, noise and other sounds, by the spectrum of a segment and how it changes.
 *
 * <p>{@link io.gemoclap.audio.speech.SpeechClassifier} is the entry point. {@code audio.segment}
 * finds where a recording is loud; this package says whether what is loud there is speech.
 */
@NullMarked
package io.gemoclap.audio.speech;

import org.jspecify.annotations.NullMarked;
