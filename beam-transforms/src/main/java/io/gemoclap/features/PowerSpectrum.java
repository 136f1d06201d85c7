package io.gemoclap.features;

import org.jtransforms.fft.FloatFFT_1D;

/** Power of one windowed frame at each frequency of a real Fourier transform. */
final class PowerSpectrum {
  private final float[] window;
  private final int fftSize;
  private final float[] buffer;
  private final FloatFFT_1D fft;

  /** The window may be shorter than the transform: where it stands in it does not change power. */
  PowerSpectrum(float[] window, int fftSize) {
    this.window = window;
    this.fftSize = fftSize;
    this.buffer = new float[fftSize];
    this.fft = new FloatFFT_1D(fftSize);
  }

  /** Frequencies from 0 to half the sampling rate, both included. */
  int size() {
    return fftSize / 2 + 1;
  }

  /** Writes the power of the frame that begins at {@code start} of the signal. */
  void compute(float[] signal, int start, float[] power) {
    for (int i = 0; i < window.length; i++) {
      buffer[i] = signal[start + i] * window[i];
    }
    for (int i = window.length; i < fftSize; i++) {
      buffer[i] = 0;
    }
    fft.realForward(buffer);
    int half = fftSize / 2;
    power[0] = buffer[0] * buffer[0];
    power[half] = buffer[1] * buffer[1];
    for (int k = 1; k < half; k++) {
      float re = buffer[2 * k];
      float im = buffer[2 * k + 1];
      power[k] = re * re + im * im;
    }
  }
}
