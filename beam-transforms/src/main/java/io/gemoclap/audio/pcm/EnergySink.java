package io.gemoclap.audio.pcm;

import org.apache.beam.sdk.annotations.Internal;

/**
 * Measures a stream and forgets its samples.
 *
 * @hidden
 */
@Internal
public final class EnergySink implements PcmSink {
  private int rate = 1;
  private double energy;

  @Override
  public void format(int newRate, int channels) {
    rate = newRate;
  }

  @Override
  public void block(float[][] planes, int length) {
    double sum = 0;
    for (float[] plane : planes) {
      double offset = 0;
      double squares = 0;
      for (int i = 0; i < length; i++) {
        if (Float.isFinite(plane[i])) {
          squares += (double) plane[i] * plane[i];
          offset += plane[i];
        }
      }
      sum += squares - offset * offset / Math.max(1, length);
    }
    energy += sum / planes.length / rate;
  }

  /** Mean square of the channels without their offsets, integrated over time. */
  public double energy() {
    return energy;
  }
}
