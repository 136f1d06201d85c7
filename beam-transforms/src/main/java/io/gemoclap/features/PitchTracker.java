package io.gemoclap.features;

/** Follows pitch through a segment, frame by frame in order. For one thread at a time. */
interface PitchTracker {
  /**
   * Begins a segment.
   *
   * @param frames how many will be added
   * @param padded the samples, with room around them; neither kept nor changed
   * @param length how many samples of {@code padded} count
   */
  void begin(int frames, float[] padded, int length);

  /**
   * Adds the next frames, a hop apart.
   *
   * @param frame the first of them
   * @param lanes how many, at most {@link Lanes#COUNT}
   * @param start where the stretch of the first begins
   */
  void add(int frame, int lanes, int start);

  /**
   * Ends the segment and writes two columns: pitch in Hz, 0 where unvoiced, and next to it how
   * periodic the frame is, 0 to 1.
   *
   * @param to where to write
   */
  void finish(int frames, SpectralColumns.Target to);

  /** The tracker of a part. */
  static PitchTracker of(FeaturePart part, int sampleRate) {
    return part.preset() == FeaturePart.Preset.LIBROSA
        ? new Pyin(part, sampleRate)
        : new LeastCostPitch(part, sampleRate);
  }

  /** Checks that the pitch range fits the stretch in which it is sought. */
  static void require(FeaturePart part, int sampleRate) {
    if (sampleRate / part.maxHz() < 2 || 2 * sampleRate / part.minHz() > part.pitchSamples()) {
      throw new IllegalArgumentException(
          "Pitch from "
              + part.minHz()
              + " to "
              + part.maxHz()
              + " Hz does not fit into a window of "
              + part.pitchSamples()
              + " samples at "
              + sampleRate
              + " Hz");
    }
  }
}
