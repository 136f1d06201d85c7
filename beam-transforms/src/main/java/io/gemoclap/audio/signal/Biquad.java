package io.gemoclap.audio.signal;

import org.apache.beam.sdk.annotations.Internal;

/**
 * A filter of second order, for one stream: Butterworth's, or a section of his of fourth order.
 *
 * @hidden
 */
@Internal
public final class Biquad {
  private final double b0;
  private final double b1;
  private final double b2;
  private final double a1;
  private final double a2;
  private double s1;
  private double s2;

  private Biquad(double b0, double b1, double b2, double a1, double a2) {
    this.b0 = b0;
    this.b1 = b1;
    this.b2 = b2;
    this.a1 = a1;
    this.a2 = a2;
  }

  /** Passes what is above a frequency, given as a share of the sampling rate. */
  public static Biquad highPass(double frequency) {
    return highPass(frequency, Math.sqrt(2));
  }

  /** The two sections of a Butterworth filter of fourth order. */
  static Biquad[] butterworthHighPass(double frequency) {
    return new Biquad[] {
      highPass(frequency, 2 * Math.cos(Math.PI / 8)), highPass(frequency, 2 * Math.sin(Math.PI / 8))
    };
  }

  private static Biquad highPass(double frequency, double damping) {
    double k = Math.tan(Math.PI * frequency);
    double norm = 1 / (1 + damping * k + k * k);
    double a1 = 2 * (k * k - 1) * norm;
    double a2 = (1 - damping * k + k * k) * norm;
    return new Biquad(norm, -2 * norm, norm, a1, a2);
  }

  /** Passes what is below a frequency, given as a share of the sampling rate. */
  public static Biquad lowPass(double frequency) {
    double k = Math.tan(Math.PI * frequency);
    double norm = 1 / (1 + Math.sqrt(2) * k + k * k);
    double a1 = 2 * (k * k - 1) * norm;
    double a2 = (1 - Math.sqrt(2) * k + k * k) * norm;
    return new Biquad(k * k * norm, 2 * k * k * norm, k * k * norm, a1, a2);
  }

  public double next(double x) {
    double y = b0 * x + s1;
    s1 = b1 * x - a1 * y + s2;
    s2 = b2 * x - a2 * y;
    return y;
  }

  /** Weight of the input. */
  double gain() {
    return b0;
  }

  /** Weight with which the last output is subtracted. */
  double feedback() {
    return a1;
  }

  /** Weight with which the output before the last one is subtracted. */
  double laterFeedback() {
    return a2;
  }

  /** Real part of its two poles. */
  double poleReal() {
    return -a1 / 2;
  }

  /** Imaginary part of one pole; the other one's is the negative of it. */
  double poleImaginary() {
    return Math.sqrt(a2 - a1 * a1 / 4);
  }

  /**
   * Sets an inaudible echo to zero: in silence it would become denormal numbers, which are slow.
   */
  public void settle() {
    if (Math.abs(s1) + Math.abs(s2) < 1e-30) {
      s1 = 0;
      s2 = 0;
    }
  }
}
