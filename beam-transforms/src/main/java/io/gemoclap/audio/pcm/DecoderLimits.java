package io.gemoclap.audio.pcm;

import java.io.Serializable;
import java.time.Duration;

/**
 * Bounds that keep a hostile or mistaken file from using up a worker. Immutable.
 *
 * <p>A recording beyond a bound fails with {@code LIMIT}, or {@code TIMEOUT} for the wall-clock
 * time. Each message names the setting that lifts the bound.
 *
 * @param maxSeconds longest recording in seconds, above 0 to 864,000 (ten days); default 86,400
 * @param maxBytes largest encoded recording in bytes, from 1; default 8 GiB
 * @param maxChannels most channels, 1 to 255; default 64
 * @param minRate lowest sampling rate in Hz, 100 to {@code maxRate}; default 1,000
 * @param maxRate highest sampling rate in Hz, up to 10,000,000; default 768,000
 * @param maxWallTime longest time that decoding may take, above zero to ten days; default 30
 *     minutes
 */
public record DecoderLimits(
    double maxSeconds,
    long maxBytes,
    int maxChannels,
    int minRate,
    int maxRate,
    Duration maxWallTime)
    implements Serializable {

  private static final int LOWEST_RATE = 100;
  private static final int HIGHEST_RATE = 10_000_000;
  private static final Duration TEN_DAYS = Duration.ofDays(10);

  /** Checks every bound; throws {@link IllegalArgumentException} for one outside its range. */
  public DecoderLimits {
    require(
        maxSeconds > 0 && maxSeconds <= TEN_DAYS.toSeconds(),
        "maxSeconds",
        maxSeconds,
        "above 0 to 864000");
    require(maxBytes >= 1, "maxBytes", maxBytes, "1 or more");
    require(maxChannels >= 1 && maxChannels <= 255, "maxChannels", maxChannels, "1 to 255");
    require(
        minRate >= LOWEST_RATE && minRate <= maxRate, "minRate", minRate, "100 Hz up to maxRate");
    require(maxRate <= HIGHEST_RATE, "maxRate", maxRate, "minRate to 10000000 Hz");
    require(
        !maxWallTime.isZero() && !maxWallTime.isNegative() && maxWallTime.compareTo(TEN_DAYS) <= 0,
        "maxWallTime",
        maxWallTime,
        "above zero to ten days");
  }

  /** 24 hours, 8 GiB, 64 channels, 1,000 to 768,000 Hz, 30 minutes of wall-clock time. */
  public static DecoderLimits defaults() {
    return new DecoderLimits(86_400, 8L << 30, 64, 1_000, 768_000, Duration.ofMinutes(30));
  }

  /** The same limits with another longest recording in seconds. */
  public DecoderLimits withMaxSeconds(double seconds) {
    return new DecoderLimits(seconds, maxBytes, maxChannels, minRate, maxRate, maxWallTime);
  }

  /** The same limits with another largest encoded size in bytes. */
  public DecoderLimits withMaxBytes(long bytes) {
    return new DecoderLimits(maxSeconds, bytes, maxChannels, minRate, maxRate, maxWallTime);
  }

  /** The same limits with another highest number of channels. */
  public DecoderLimits withMaxChannels(int channels) {
    return new DecoderLimits(maxSeconds, maxBytes, channels, minRate, maxRate, maxWallTime);
  }

  /** The same limits with other lowest and highest sampling rates in Hz. */
  public DecoderLimits withRates(int min, int max) {
    return new DecoderLimits(maxSeconds, maxBytes, maxChannels, min, max, maxWallTime);
  }

  /** The same limits with another longest decoding time. */
  public DecoderLimits withMaxWallTime(Duration wallTime) {
    return new DecoderLimits(maxSeconds, maxBytes, maxChannels, minRate, maxRate, wallTime);
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", but must be " + range + ".");
    }
  }
}
