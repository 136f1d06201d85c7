package io.gemoclap.audio.segment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells segments that may hold speech from silence and noise, by their level in the band of speech.
 *
 * <p>Speech rises above -75 dB of full scale, and above what surrounds it. What stays below, or
 * keeps the level of its background, gets a reason instead of a label. The limits are far from
 * speech: every utterance of our corpora rises by 15 dB or more, and by 7 dB with noise as loud as
 * itself; white, pink and brown noise, hum and tones stay within 6 dB. Music passes. Immutable,
 * thread-safe.
 */
final class SpeechPresence {
  /** Segments that are shorter are compared with this much of the recording. */
  static final double CONTEXT_SECONDS = 3;

  /** In less sound than this, a vowel can be as steady as noise. */
  private static final double SHORTEST_SECONDS = 1;

  private static final double LONG_SECONDS = 2;

  /** How far speech rises above its background, in dB, in sound of two seconds or more. */
  private static final double RISE = 6;

  /** The same for one to two seconds, in which both speech and noise vary less. */
  private static final double SHORT_RISE = 4;

  private final int sampleRate;

  /** Samples from one level to the next. */
  private final int frame;

  SpeechPresence(int sampleRate) {
    this.sampleRate = sampleRate;
    this.frame = new SpeechLevel(sampleRate).frameSamples();
  }

  /**
   * Says why a segment holds no speech.
   *
   * @param context samples of the recording with the segment among them
   * @param from index of the segment's first sample in the context
   * @param to index after its last sample
   * @return one sentence for humans; empty if the segment may hold speech
   */
  Optional<String> objection(float[] context, int from, int to) {
    double[] levels = levels(context);
    LevelHistogram segment = new LevelHistogram();
    LevelHistogram surroundings = new LevelHistogram();
    double loudest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < levels.length; i++) {
      surroundings.add(levels[i]);
      long middle = (long) frame * i + frame / 2;
      if (middle >= from && middle < to) {
        segment.add(levels[i]);
        loudest = Math.max(loudest, levels[i]);
      }
    }
    if (loudest == Double.NEGATIVE_INFINITY) {
      // Shorter than a frame: too short for features, which say so.
      return Optional.empty();
    }
    if (loudest <= SpeechLevel.SILENCE) {
      return Optional.of("The segment is digital silence.");
    }
    if (!(segment.loud() >= SpeechDetector.QUIETEST_SPEECH)) {
      return Optional.of(
          sentence(
              "The segment is silent: its loudest 25 ms reach %.0f dB of full scale, speech reaches"
                  + " %.0f dB or more.",
              loudest, SpeechDetector.QUIETEST_SPEECH));
    }
    double seconds = (double) surroundings.frames() * frame / sampleRate;
    double wanted = seconds < LONG_SECONDS ? SHORT_RISE : RISE;
    if (seconds >= SHORTEST_SECONDS && segment.loud() - surroundings.background() < wanted) {
      return Optional.of(
          sentence(
              "The segment contains no speech: it reaches %.0f dB of full scale, its background has"
                  + " %.0f dB, and speech rises by %.0f dB or more.",
              segment.loud(), surroundings.background(), wanted));
    }
    return Optional.empty();
  }

  private double[] levels(float[] samples) {
    double[] levels = new double[samples.length / frame + 1];
    int[] count = {0};
    SpeechLevel level = new SpeechLevel(sampleRate);
    SpeechLevel.Levels each = decibels -> levels[count[0]++] = decibels;
    level.accept(samples, samples.length, each);
    level.finish(each);
    return Arrays.copyOf(levels, count[0]);
  }

  private static String sentence(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
