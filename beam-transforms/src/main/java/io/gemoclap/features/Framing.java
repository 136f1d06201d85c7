package io.gemoclap.features;

/** Cuts a segment into frames and knows their power. For one thread at a time. */
interface Framing {
  /**
   * Begins a segment.
   *
   * @param samples the segment, which is kept until the next call
   * @return how many frames it has
   */
  int begin(float[] samples);

  /**
   * The power of successive frames of the segment.
   *
   * @param frame the first frame
   * @param lanes how many, at most {@link Lanes#COUNT}
   * @return a row for each frequency, with one number for each frame; overwritten by the next call
   */
  float[][] power(int frame, int lanes);

  /** The framing that a part's preset defines. */
  static Framing of(FeaturePart part) {
    return part.isCentred() ? new CentredFrames(part) : new KaldiFrames(part);
  }

  /**
   * Whether two parts have the same frames with the same power, so that one framing serves both.
   */
  static boolean isShared(FeaturePart one, FeaturePart other) {
    return one.kind() != FeaturePart.Kind.WAVEFORM
        && other.kind() != FeaturePart.Kind.WAVEFORM
        && one.isCentred() == other.isCentred()
        && CentredFrames.isMirrored(one) == CentredFrames.isMirrored(other)
        && one.windowSamples() == other.windowSamples()
        && one.hopSamples() == other.hopSamples()
        && one.fftSize() == other.fftSize();
  }
}
