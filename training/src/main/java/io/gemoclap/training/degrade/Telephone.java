package io.gemoclap.training.degrade;

import io.gemoclap.audio.pcm.PcmFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A telephone line: 300 to 3,400 Hz at a rate of 8 kHz, and the samples of ITU-T G.711 unless
 * {@code law} is null. Edges are those of Butterworth filters of fourth and eighth order.
 */
record Telephone(PcmFormat law) implements Effect {
  static final int RATE = 8_000;
  private static final double LOW_HZ = 300;
  private static final double HIGH_HZ = 3_400;

  @Override
  public float[] apply(
      float[] samples, int rate, SplittableRandom archive, SplittableRandom recording) {
    double[] narrow = narrow(samples, rate);
    return wide(
        law == null ? narrow : Samples.toDoubles(quantized(law, Samples.toFloats(narrow))),
        RATE,
        rate,
        samples.length);
  }

  /** The band of the telephone, at its rate. */
  static double[] narrow(float[] samples, int rate) {
    return Spectrum.filter(
        Spectrum.resample(Samples.toDoubles(samples), rate, RATE),
        RATE,
        hz ->
            1
                / Math.sqrt(1 + Math.pow(LOW_HZ / Math.max(hz, 1), 8))
                / Math.sqrt(1 + Math.pow(hz / HIGH_HZ, 16)));
  }

  /** Back at the rate of the recording, with its length. */
  static float[] wide(double[] samples, int from, int to, int length) {
    return Arrays.copyOf(Samples.toFloats(Spectrum.resample(samples, from, to)), length);
  }

  /** The values nearest to samples for which a law of G.711 has a code. */
  static float[] quantized(PcmFormat law, float[] samples) {
    ByteBuffer codes = ByteBuffer.allocate(256);
    for (int code = 0; code < 256; code++) {
      codes.put(code, (byte) code);
    }
    float[] values = new float[256];
    law.read(codes, 0, 1, values, 256);
    Arrays.sort(values);
    float[] quantized = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      int place = Arrays.binarySearch(values, samples[i]);
      if (place < 0) {
        int above = Math.min(255, -place - 1);
        int below = Math.max(0, above - 1);
        place = samples[i] - values[below] < values[above] - samples[i] ? below : above;
      }
      quantized[i] = values[place];
    }
    return quantized;
  }
}
