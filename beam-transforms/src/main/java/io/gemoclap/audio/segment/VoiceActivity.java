package io.gemoclap.audio.segment;

import com.google.auto.value.AutoValue;
import java.io.Serializable;

/**
 * Settings of the voice activity detector, with the names that Silero VAD uses. Immutable.
 *
 * <p>Settings may be given in any order. One outside its range is an {@link
 * IllegalArgumentException} that names the range; {@link Segmenter#voiceActivity(VoiceActivity)}
 * refuses settings that do not fit together.
 */
@AutoValue
public abstract class VoiceActivity implements Serializable {
  VoiceActivity() {}

  /** How far speech must stand out of the background. */
  public abstract double threshold();

  /** Shortest stretch of speech in milliseconds. */
  public abstract int minSpeechMs();

  /** Pause that ends a stretch, in milliseconds. */
  public abstract int minSilenceMs();

  /** Audio that is kept on both sides of a stretch, in milliseconds. */
  public abstract int speechPadMs();

  /** Longest segment in seconds, with its padding. */
  public abstract double maxSpeechSeconds();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setThreshold(double threshold);

    abstract Builder setMinSpeechMs(int minSpeechMs);

    abstract Builder setMinSilenceMs(int minSilenceMs);

    abstract Builder setSpeechPadMs(int speechPadMs);

    abstract Builder setMaxSpeechSeconds(double maxSpeechSeconds);

    abstract VoiceActivity build();
  }

  /** Threshold 0.5, speech from 250 ms, pauses from 300 ms, padding 100 ms, segments up to 15 s. */
  public static VoiceActivity defaults() {
    return new AutoValue_VoiceActivity.Builder()
        .setThreshold(0.5)
        .setMinSpeechMs(250)
        .setMinSilenceMs(300)
        .setSpeechPadMs(100)
        .setMaxSpeechSeconds(15)
        .build();
  }

  /**
   * How far speech must stand out of the background, above 0 to below 1, higher is stricter;
   * default 0.5. 0.5 is half of the way, in dB, from the background to loud speech, and never more
   * than 12 dB.
   */
  public VoiceActivity withThreshold(double value) {
    require(value > 0 && value < 1, "threshold", value, "above 0 and below 1");
    return toBuilder().setThreshold(value).build();
  }

  /** Shortest stretch of speech in milliseconds, 0 to 60,000; default 250. */
  public VoiceActivity withMinSpeechMs(int value) {
    require(value >= 0 && value <= 60_000, "minSpeechMs", value, "0 to 60000");
    return toBuilder().setMinSpeechMs(value).build();
  }

  /** Pause that ends a stretch, in milliseconds, 10 to 60,000; default 300. */
  public VoiceActivity withMinSilenceMs(int value) {
    require(value >= 10 && value <= 60_000, "minSilenceMs", value, "10 to 60000");
    return toBuilder().setMinSilenceMs(value).build();
  }

  /**
   * Audio that is kept on both sides of a stretch, in milliseconds, 0 to 5,000, but never more than
   * half of the pause; default 100.
   */
  public VoiceActivity withSpeechPadMs(int value) {
    require(value >= 0 && value <= 5_000, "speechPadMs", value, "0 to 5000");
    return toBuilder().setSpeechPadMs(value).build();
  }

  /**
   * Longest segment in seconds with its padding, 1 to 600; default 15. Longer speech is cut at its
   * quietest moment.
   */
  public VoiceActivity withMaxSpeechSeconds(double value) {
    require(value >= 1 && value <= 600, "maxSpeechSeconds", value, "1 to 600");
    return toBuilder().setMaxSpeechSeconds(value).build();
  }

  /**
   * Checks that the settings fit together.
   *
   * @throws IllegalArgumentException if a segment is too short for its speech and padding
   */
  VoiceActivity requireConsistent() {
    double least = 3.0 * minSpeechMs() + 2.0 * speechPadMs();
    require(
        maxSpeechSeconds() * 1000 >= least,
        "maxSpeechSeconds",
        maxSpeechSeconds(),
        "at least three times minSpeechMs and twice speechPadMs, here "
            + least / 1000
            + " s: raise it, or lower the other two");
    return this;
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", but must be " + range + ".");
    }
  }
}
