package io.gemoclap.training.speech;

/**
 * A clip that is speech or is not.
 *
 * @param source where it comes from, such as a speaker or a package of music
 * @param speech whether it is speech
 * @param cues what the classifier looks at
 */
@SuppressWarnings("ArrayRecordComponent") // an element of a list, never compared
public record SpeechClip(String source, boolean speech, double[] cues) {}
