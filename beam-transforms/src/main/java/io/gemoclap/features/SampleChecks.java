package io.gemoclap.features;

/** The check that every extractor makes of its input. */
final class SampleChecks {
  /** Far beyond any audio in full scale ±1, and small enough for power to stay finite. */
  private static final float LIMIT = 1e6f;

  private SampleChecks() {}

  /**
   * Refuses segments that are too short or hold what no audio is.
   *
   * @param why what the least length is needed for, as the end of a sentence
   */
  static void require(float[] samples, int least, String why) {
    if (samples.length < least) {
      throw new IllegalArgumentException(
          "The segment has " + samples.length + " samples; at least " + least + " " + why);
    }
    for (int i = 0; i < samples.length; i++) {
      if (!(Math.abs(samples[i]) <= LIMIT)) {
        throw new IllegalArgumentException(
            "Sample " + i + " is " + samples[i] + "; samples must be within ±1.0 (full scale)");
      }
    }
  }
}
