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
    try {
      if (value.equals("vad")) {
        return Segmenter.voiceActivity();
      }
      if (value.equals("whole")) {
        return Segmenter.whole();
      }
      if (value.startsWith("fixed:")) {
        String[] parts = value.substring("fixed:".length()).split("/", -1);
        double length = Double.parseDouble(parts[0]);
        double hop = parts.length > 1 ? Double.parseDouble(parts[1]) : length;
        return Segmenter.fixedWindows(length, hop);
      }
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException("--segment=" + value + ": " + e.getMessage(), e);
    }
    throw new WrongUsageException(
        "--segment must be vad, whole or fixed:<length_s>/<hop_s>, not '" + value + "'");
  }
}
