package io.gemoclap.audio.pcm;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.time.Duration;

/**
 * Bounds that keep a hostile or mistaken file from using up a worker. Immutable.
 *
 * <p>A recording beyond a bound fails with {@code LIMIT}, or {@code TIMEOUT} for the wall-clock
 * time. Each message names the setting that lifts the bound. Settings may be given in any order;
 * one outside its range is an {@link IllegalArgumentException} that names the range.
 */
@AutoValue
public abstract class DecoderLimits implements Serializable {
  private static final int LOWEST_RATE = 100;
  private static final int HIGHEST_RATE = 10_000_000;
  private static final Duration TEN_DAYS = Duration.ofDays(10);

  DecoderLimits() {}

  /** Longest recording in seconds. */
  public abstract double maxSeconds();

  /** Largest encoded recording in bytes. */
  public abstract long maxBytes();

  /** Most channels. */
  public abstract int maxChannels();

  /** Lowest sampling rate in Hz. */
  public abstract int minRate();

  /** Highest sampling rate in Hz. */
  public abstract int maxRate();

  /** Longest time that decoding may take. */
  public abstract Duration maxWallTime();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setMaxSeconds(double maxSeconds);

    abstract Builder setMaxBytes(long maxBytes);

    abstract Builder setMaxChannels(int maxChannels);

    abstract Builder setMinRate(int minRate);

    abstract Builder setMaxRate(int maxRate);

    abstract Builder setMaxWallTime(Duration maxWallTime);

    abstract DecoderLimits build();
  }

  /** 24 hours, 8 GiB, 64 channels, 1,000 to 768,000 Hz, 30 minutes of wall-clock time. */
  public static DecoderLimits defaults() {
    return new AutoValue_DecoderLimits.Builder()
        .setMaxSeconds(86_400)
        .setMaxBytes(8L << 30)
        .setMaxChannels(64)
        .setMinRate(1_000)
        .setMaxRate(768_000)
        .setMaxWallTime(Duration.ofMinutes(30))
        .build();
  }

  /** Longest recording in seconds, above 0 to 864,000 (ten days); default 86,400. */
  public DecoderLimits withMaxSeconds(double seconds) {
    require(
        seconds > 0 && seconds <= TEN_DAYS.toSeconds(), "maxSeconds", seconds, "above 0 to 864000");
    return toBuilder().setMaxSeconds(seconds).build();
  }

  /** Largest encoded recording in bytes, from 1; default 8 GiB. */
  public DecoderLimits withMaxBytes(long bytes) {
    require(bytes >= 1, "maxBytes", bytes, "1 or more");
    return toBuilder().setMaxBytes(bytes).build();
  }

  /** Most channels, 1 to 255; default 64. */
  public DecoderLimits withMaxChannels(int channels) {
    require(channels >= 1 && channels <= 255, "maxChannels", channels, "1 to 255");
    return toBuilder().setMaxChannels(channels).build();
  }

  /**
   * Lowest and highest sampling rate in Hz; default 1,000 to 768,000.
   *
   * @param min 100 to {@code max}
   * @param max {@code min} to 10,000,000
   */
  public DecoderLimits withRates(int min, int max) {
    require(min >= LOWEST_RATE && min <= max, "minRate", min, "100 Hz up to maxRate");
    require(max <= HIGHEST_RATE, "maxRate", max, "minRate to 10000000 Hz");
    return toBuilder().setMinRate(min).setMaxRate(max).build();
  }

  /** Longest time that decoding may take, above zero to ten days; default 30 minutes. */
  public DecoderLimits withMaxWallTime(Duration wallTime) {
    require(
        !wallTime.isZero() && !wallTime.isNegative() && wallTime.compareTo(TEN_DAYS) <= 0,
        "maxWallTime",
        wallTime,
        "above zero to ten days");
    return toBuilder().setMaxWallTime(wallTime).build();
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", but must be " + range + ".");
    }
  }
}
