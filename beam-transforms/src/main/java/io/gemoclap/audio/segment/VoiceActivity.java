package io.gemoclap.audio.segment;

import java.io.Serializable;

/**
 * Settings of the voice activity detector, with the names that Silero VAD uses. Immutable.
 *
 * @param threshold how far speech rises above the background, above 0 to below 1, higher is
 *     stricter: 0.5 is half of the way, in dB, from the background to loud speech, and never more
 *     than 12 dB; default 0.5
 * @param minSpeechMs shortest stretch of speech in milliseconds, 0 to 60,000; default 250
 * @param minSilenceMs pause that ends a stretch in milliseconds, 10 to 60,000; default 300
 * @param speechPadMs audio kept on both sides of a stretch in milliseconds, 0 to 5,000, but never
 *     more than half of the pause; default 100
 * @param maxSpeechSeconds longest segment in seconds with its padding, 1 to 600; longer speech is
 *     cut at its quietest moment; default 15
 */
public record VoiceActivity(
    double threshold, int minSpeechMs, int minSilenceMs, int speechPadMs, double maxSpeechSeconds)
    implements Serializable {

  /** Checks every setting; throws {@link IllegalArgumentException} for one outside its range. */
  public VoiceActivity {
    require(threshold > 0 && threshold < 1, "threshold", threshold, "above 0 and below 1");
    require(minSpeechMs >= 0 && minSpeechMs <= 60_000, "minSpeechMs", minSpeechMs, "0 to 60000");
    require(
        minSilenceMs >= 10 && minSilenceMs <= 60_000, "minSilenceMs", minSilenceMs, "10 to 60000");
    require(speechPadMs >= 0 && speechPadMs <= 5_000, "speechPadMs", speechPadMs, "0 to 5000");
    require(
        maxSpeechSeconds >= 1 && maxSpeechSeconds <= 600,
        "maxSpeechSeconds",
        maxSpeechSeconds,
        "1 to 600");
    require(
        maxSpeechSeconds * 1000 >= 3.0 * minSpeechMs + 2.0 * speechPadMs,
        "maxSpeechSeconds",
        maxSpeechSeconds,
        "at least three times minSpeechMs and twice speechPadMs");
  }

  /** Threshold 0.5, speech from 250 ms, pauses from 300 ms, padding 100 ms, segments up to 15 s. */
  public static VoiceActivity defaults() {
    return new VoiceActivity(0.5, 250, 300, 100, 15);
  }

  /** The same settings with another threshold. */
  public VoiceActivity withThreshold(double value) {
    return new VoiceActivity(value, minSpeechMs, minSilenceMs, speechPadMs, maxSpeechSeconds);
  }

  /** The same settings with another shortest stretch of speech in milliseconds. */
  public VoiceActivity withMinSpeechMs(int value) {
    return new VoiceActivity(threshold, value, minSilenceMs, speechPadMs, maxSpeechSeconds);
  }

  /** The same settings with another pause that ends a stretch, in milliseconds. */
  public VoiceActivity withMinSilenceMs(int value) {
    return new VoiceActivity(threshold, minSpeechMs, value, speechPadMs, maxSpeechSeconds);
  }

  /** The same settings with another padding in milliseconds. */
  public VoiceActivity withSpeechPadMs(int value) {
    return new VoiceActivity(threshold, minSpeechMs, minSilenceMs, value, maxSpeechSeconds);
  }

  /** The same settings with another longest segment in seconds. */
  public VoiceActivity withMaxSpeechSeconds(double value) {
    return new VoiceActivity(threshold, minSpeechMs, minSilenceMs, speechPadMs, value);
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", but must be " + range + ".");
    }
  }
}
