package io.gemoclap.features;

/** The check that every extractor makes of its input. */
final class FitSamples {
  private FitSamples() {}

  /**
   * Refuses segments that are too short or hold numbers that are not finite.
   *
   * @param why what the least length is needed for, as the end of a sentence
   */
  static void require(float[] samples, int least, String why) {
    if (samples.length < least) {
      throw new IllegalArgumentException(
          "The segment has " + samples.length + " samples; at least " + least + " " + why);
    }
    for (int i = 0; i < samples.length; i++) {
      if (!Float.isFinite(samples[i])) {
        throw new IllegalArgumentException("Sample " + i + " is " + samples[i]);
      }
    }
  }
}
