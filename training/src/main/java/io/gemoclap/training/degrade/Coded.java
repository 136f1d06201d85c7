package io.gemoclap.training.degrade;

import io.gemoclap.audio.ffmpeg.LossyCodec;
import java.util.SplittableRandom;

/**
 * Encoded and decoded by FFmpeg at a constant bit rate; by AMR after the band of a telephone.
 *
 * @param codec the codec
 * @param bitRate in bits per second
 */
record Coded(LossyCodec codec, int bitRate) implements Effect {
  @Override
  public float[] apply(
      float[] samples, int rate, SplittableRandom archive, SplittableRandom recording) {
    double[] in =
        codec.rate() == Telephone.RATE
            ? Telephone.narrow(samples, rate)
            : Spectrum.resample(Samples.toDoubles(samples), rate, codec.rate());
    LossyCodec.Decoded decoded = codec.pass(Samples.toFloats(in), bitRate);
    return Telephone.wide(
        Samples.toDoubles(decoded.samples()), decoded.rate(), rate, samples.length);
  }
}
