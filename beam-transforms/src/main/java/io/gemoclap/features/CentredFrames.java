package io.gemoclap.features;

/**
 * Frames as librosa and Whisper cut them: one around the first sample of the segment and one around
 * the sample after every hop, weighted with Hann's window. Beyond the segment, librosa puts zeros
 * and Whisper the mirrored signal. Whisper drops the last frame.
 */
final class CentredFrames implements Framing {
  private final FeaturePart part;
  private final PaddedSignal signal;
  private final PowerSpectrum spectrum;
  private float[] padded = new float[0];

  CentredFrames(FeaturePart part) {
    this.part = part;
    this.signal = new PaddedSignal(part.windowSamples() / 2, isMirrored(part));
    this.spectrum = new PowerSpectrum(Windows.periodicHann(part.windowSamples()), part.fftSize());
  }

  static boolean isMirrored(FeaturePart part) {
    return part.preset() == FeaturePart.Preset.WHISPER;
  }

  @Override
  public int begin(float[] samples) {
    padded = signal.of(samples);
    int hops = samples.length / part.hopSamples();
    return isMirrored(part) ? hops : hops + 1;
  }

  @Override
  public float[][] power(int frame, int lanes) {
    return spectrum.compute(padded, frame * part.hopSamples(), part.hopSamples(), lanes);
  }
}
