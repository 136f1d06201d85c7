package io.gemoclap.export.clip;

import io.gemoclap.quality.SegmentQuality;
import java.nio.file.Path;
import org.apache.beam.sdk.annotations.Internal;

/**
 * A segment's audio.
 *
 * @param file the encoded audio, which is deleted when its receiver returns
 * @param samples how many it has
 * @param rate of the samples in Hz
 * @param quality measured on the samples
 * @hidden
 */
@Internal
public record Clip(Path file, long samples, int rate, SegmentQuality quality) {
  /** Length in seconds. */
  public double seconds() {
    return (double) samples / rate;
  }
}
