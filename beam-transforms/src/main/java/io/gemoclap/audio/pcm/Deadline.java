package io.gemoclap.audio.pcm;

import io.gemoclap.failure.FailureKind;
import java.time.Duration;
import org.apache.beam.sdk.annotations.Internal;

/**
 * The point in time at which decoding one recording must have ended.
 *
 * @hidden
 */
@Internal
public final class Deadline {
  private final Duration limit;
  private final long end;

  public Deadline(Duration limit) {
    this.limit = limit;
    this.end = System.nanoTime() + limit.toNanos();
  }

  public boolean expired() {
    return System.nanoTime() - end > 0;
  }

  /** Milliseconds that are left, 0 or more. */
  public long millisLeft() {
    return Math.max(0, (end - System.nanoTime()) / 1_000_000);
  }

  public void check() throws DecodeException {
    if (expired()) {
      throw new DecodeException(
          FailureKind.TIMEOUT,
          "Decoding took longer than the limit of "
              + limit.toMillis() / 1000.0
              + " s (DecoderLimits.withMaxWallTime).");
    }
  }
}
