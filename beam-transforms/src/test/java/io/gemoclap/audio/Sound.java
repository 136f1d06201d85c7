package io.gemoclap.audio;

import io.gemoclap.audio.segment.Segments;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Sounds without speech, and one that rises and falls as speech does; at 16 kHz, with a level. */
public enum Sound {
  DIGITAL_SILENCE(null),
  ONE_BIT_DITHER(null),
  WHITE_NOISE(null),
  PINK_NOISE(null),
  BROWN_NOISE(null),
  HUM(t -> Math.sin(2 * Math.PI * 50 * t) + 0.5 * Math.sin(2 * Math.PI * 150 * t)),
  BUZZ(Sound::buzz),
  TONE(t -> Math.sin(2 * Math.PI * 440 * t)),
  SYLLABLES(t -> buzz(t) * Math.pow(Math.sin(2 * Math.PI * 2 * t), 2) * (t % 1.5 < 1 ? 1 : 0.01));

  @SuppressWarnings("ImmutableEnumChecker") // Every wave is a function without state.
  private final DoubleUnaryOperator wave;

  Sound(DoubleUnaryOperator wave) {
    this.wave = wave;
  }

  private static double buzz(double seconds) {
    double sum = 0;
    for (int harmonic = 1; harmonic <= 30; harmonic++) {
      sum += Math.sin(2 * Math.PI * 100 * harmonic * seconds) / harmonic;
    }
    return sum;
  }

  /**
   * Makes the sound.
   *
   * @param decibels its mean level in dB of full scale; without effect on silence and dither
   */
  public float[] samples(double seconds, double decibels, long seed) {
    Random random = new Random(seed);
    float[] samples = new float[(int) Math.round(seconds * Segments.RATE)];
    double[] low = new double[3];
    double sum = 0;
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) next((double) i / Segments.RATE, random, low);
      sum += samples[i] * samples[i];
    }
    if (this != DIGITAL_SILENCE && this != ONE_BIT_DITHER) {
      double gain = Math.pow(10, decibels / 20) / Math.sqrt(sum / samples.length);
      for (int i = 0; i < samples.length; i++) {
        samples[i] *= (float) gain;
      }
    }
    return samples;
  }

  private double next(double seconds, Random random, double[] low) {
    double white = random.nextGaussian();
    return switch (this) {
      case DIGITAL_SILENCE -> 0;
      case ONE_BIT_DITHER -> (random.nextInt(3) - 1) / 32_768.0;
      case WHITE_NOISE -> white;
      case PINK_NOISE -> {
        // Paul Kellet's economy filter: -3 dB per octave.
        low[0] = 0.99765 * low[0] + 0.0990460 * white;
        low[1] = 0.96300 * low[1] + 0.2965164 * white;
        low[2] = 0.57000 * low[2] + 1.0526913 * white;
        yield low[0] + low[1] + low[2] + 0.1848 * white;
      }
      case BROWN_NOISE -> {
        low[0] = 0.98 * low[0] + white;
        yield low[0];
      }
      case HUM, BUZZ, TONE, SYLLABLES -> wave.applyAsDouble(seconds);
    };
  }
}
