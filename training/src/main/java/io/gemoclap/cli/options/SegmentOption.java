package io.gemoclap.cli.options;

import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.cli.console.WrongUsageException;

/** Reads {@code --segment}. */
public final class SegmentOption {
  private SegmentOption() {}

  /**
   * The segmenter that a value means.
   *
   * @throws WrongUsageException if it means none
   */
  public static Segmenter parse(String value) {
    if (!value.equals("vad") && !value.equals("whole") && !value.startsWith("fixed:")) {
      throw new WrongUsageException(
          "--segment must be vad, whole or fixed:<length_s>/<hop_s>, not '" + value + "'");
    }
    try {
      return Segmenter.parse(value);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException("--segment=" + value + ": " + e.getMessage(), e);
    }
  }
}
