package io.gemoclap.quality;

import io.gemoclap.audio.signal.RealTransform;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Measures the quality of one segment while its samples arrive. Not thread-safe.
 *
 * @hidden
 */
@Internal
public final class QualityMeter {
  private static final double FULL = 0.99;
  private static final int RUN = 3;
  private static final double FLOOR_DB = -120;
  private static final double WITHIN_DB = 50;
  private static final double WINDOW_SECONDS = 0.032;

  private final int rate;
  private final ActivityFactor activity;
  private final RealTransform transform;
  private final float[] window;
  private final float[] frame;
  private final float[] windowed;
  private final float[] spectrum;
  private final double[] powers;
  private int inFrame;
  private long frames;
  private long samples;
  private double energy;
  private long clipped;
  private int run;
  private long nonZero;
  private double magnitudes;
  private double logarithms;

  /**
   * Begins a segment.
   *
   * @param rate of its samples in Hz
   * @param transforms makes the Fourier transform
   */
  public QualityMeter(int rate, RealTransform.Factory transforms) {
    this.rate = rate;
    activity = new ActivityFactor(rate);
    int size = Math.max(8, Integer.highestOneBit((int) Math.round(rate * WINDOW_SECONDS)));
    transform = transforms.ofSize(size);
    window = new float[size];
    for (int i = 0; i < size; i++) {
      window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / size));
    }
    frame = new float[size];
    windowed = new float[size];
    spectrum = new float[size + 2];
    powers = new double[size / 2 + 1];
  }

  /** Takes samples, 1.0 is full scale. */
  public void accept(float[] block, int from, int length) {
    for (int i = from; i < from + length; i++) {
      accept(block[i]);
    }
  }

  private void accept(float sample) {
    double magnitude = Math.abs(sample);
    samples++;
    energy += (double) sample * sample;
    activity.accept(sample);
    if (magnitude > 0) {
      nonZero++;
      magnitudes += magnitude;
      logarithms += Math.log(magnitude);
    }
    run = magnitude >= FULL ? run + 1 : 0;
    if (run >= RUN) {
      clipped += run == RUN ? RUN : 1;
    }
    frame[inFrame++] = sample;
    if (inFrame == frame.length) {
      endFrame();
    }
  }

  private void endFrame() {
    for (int i = 0; i < frame.length; i++) {
      windowed[i] = i < inFrame ? frame[i] * window[i] : 0;
    }
    transform.forward(windowed, spectrum);
    for (int k = 0; k < powers.length; k++) {
      double re = spectrum[2 * k];
      double im = spectrum[2 * k + 1];
      powers[k] += re * re + im * im;
    }
    frames++;
    int half = frame.length / 2;
    System.arraycopy(frame, half, frame, 0, half);
    inFrame = half;
  }

  /** The measures of all samples so far; no samples may follow. */
  public SegmentQuality finish() {
    if (frames == 0) {
      endFrame();
    }
    double level = samples == 0 ? FLOOR_DB : 10 * Math.log10(energy / samples);
    return SegmentQuality.create(
        nonZero == 0
            ? WadaSnr.LOWEST
            : WadaSnr.of(Math.log(magnitudes / nonZero) - logarithms / nonZero),
        samples == 0 ? 0 : (double) clipped / samples,
        bandwidth(),
        Math.max(FLOOR_DB, level),
        activity.value());
  }

  private double bandwidth() {
    double loudest = 0;
    for (int k = 2; k < powers.length; k++) { // The window spreads an offset over two bins.
      loudest = Math.max(loudest, powers[k]);
    }
    double least = loudest * Math.pow(10, -WITHIN_DB / 10);
    for (int k = powers.length - 1; k > 0 && loudest > 0; k--) {
      if (powers[k] >= least) {
        return (double) k * rate / frame.length;
      }
    }
    return 0;
  }
}
