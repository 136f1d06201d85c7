package io.gemoclap.features;

/** Mel-filtered power of centred frames: what librosa's and Whisper's features have in common. */
final class MelSpectrogram {
  private final FeaturePart part;
  private final PaddedSignal signal;
  private final PowerSpectrum spectrum;
  private final MelFilters filters;
  private final float[] power;

  MelSpectrogram(FeaturePart part, int sampleRate) {
    this.part = part;
    this.signal =
        new PaddedSignal(part.windowSamples() / 2, part.preset() == FeaturePart.Preset.WHISPER);
    this.spectrum = new PowerSpectrum(Windows.periodicHann(part.windowSamples()), part.fftSize());
    this.filters = MelFilters.slaney(part, sampleRate);
    this.power = new float[spectrum.size()];
  }

  /** The frames of a segment: one at its start and one after every hop. */
  int frames(int samples) {
    return 1 + samples / part.hopSamples();
  }

  /** Writes {@code frames} rows of mel power to the start of {@code out}. */
  void compute(float[] samples, int frames, float[] out) {
    float[] padded = signal.of(samples);
    for (int frame = 0; frame < frames; frame++) {
      spectrum.compute(padded, frame * part.hopSamples(), power);
      filters.apply(power, out, frame * part.bins());
    }
  }
}
