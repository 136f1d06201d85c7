package io.gemoclap.training.augment;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.util.SplittableRandom;

/**
 * Makes virtual speakers: an utterance's features after a random change of speed (pitch and vocal
 * tract together), vocal tract length, tempo, spectral tilt, noise and gain.
 *
 * <p>The range of speeds depends on the gender, so that gender stays audible: a man is raised by 8
 * % at most, a woman lowered by 7 %, and whoever is unknown moves by that little either way.
 *
 * @param speed 1.0 for the recording as it is; above 1 is faster and higher
 * @param warp factor on mel filter edges
 * @param hop samples from frame to frame: smaller than the spec's hop is slower
 * @param tilt spectral tilt in dB per octave around 1 kHz
 * @param snr signal-to-noise ratio in dB; infinite for none
 * @param pink whether the noise falls by 3 dB per octave
 * @param gain in dB
 * @param seed of the noise
 */
public record Perturbation(
    double speed,
    double warp,
    int hop,
    double tilt,
    double snr,
    boolean pink,
    double gain,
    long seed) {
  private static final double LONG_WAY = Math.log(1.25);
  private static final double SHORT_WAY = Math.log(1.08);
  private static final double WARP = Math.log(1.06);
  private static final double TEMPO = Math.log(1.15);
  private static final double TEMPO_KEPT = 0.7;
  private static final int RATE_STEP = 100;

  /** No perturbation at all. */
  public static Perturbation none(FeatureSpec spec) {
    return new Perturbation(1, 1, hop(spec), 0, Double.POSITIVE_INFINITY, false, 0, 0);
  }

  /** Draws a perturbation. */
  public static Perturbation draw(FeatureSpec spec, Gender gender, SplittableRandom random) {
    double way = random.nextDouble();
    boolean sameVoice = random.nextInt(3) == 0;
    double speed = sameVoice ? 1 : speed(gender, way);
    double tempo = Math.exp(symmetric(random) * TEMPO);
    return new Perturbation(
        speed,
        sameVoice ? 1 : Math.exp(symmetric(random) * WARP),
        (int) Math.round(hop(spec) * tempo / Math.pow(speed, TEMPO_KEPT)),
        symmetric(random),
        random.nextBoolean() ? 20 + 25 * random.nextDouble() : Double.POSITIVE_INFINITY,
        random.nextBoolean(),
        6 * symmetric(random),
        random.nextLong());
  }

  private static double speed(Gender gender, double way) {
    double towards = -SHORT_WAY + way * (SHORT_WAY + LONG_WAY);
    return switch (gender) {
      case FEMALE -> Math.exp(towards);
      case MALE -> Math.exp(-towards);
      case UNKNOWN -> Math.exp((2 * way - 1) * SHORT_WAY);
    };
  }

  private static double symmetric(SplittableRandom random) {
    return 2 * random.nextDouble() - 1;
  }

  private static int hop(FeatureSpec spec) {
    return spec.parts().get(0).hopSamples();
  }

  /**
   * The rate in Hz at which a recording is to be decoded: taken for the spec's own rate afterwards,
   * it is faster or slower by {@link #speed}.
   */
  public int decodingRate(FeatureSpec spec) {
    return (int) (Math.round(spec.sampleRate() / speed / RATE_STEP) * RATE_STEP);
  }

  /**
   * Features of an utterance after this perturbation.
   *
   * @param samples its samples at {@link #decodingRate}
   * @throws IllegalArgumentException if they are too few for the features
   */
  public FeatureMatrix extract(float[] samples, FeatureSpec spec) {
    return features(shaped(samples, spec), spec);
  }

  /** The samples with the tilt, noise and gain. */
  float[] shaped(float[] samples, FeatureSpec spec) {
    boolean changes = tilt != 0 || snr < Double.POSITIVE_INFINITY || gain != 0;
    return changes ? new SpectrumShaper(samples, spec.sampleRate()).shape(this) : samples;
  }

  /** Features of samples with all changes but those of vocal tract and tempo, which follow here. */
  FeatureMatrix features(float[] samples, FeatureSpec spec) {
    return spec.perturbed(warp, hop).extractor().extract(samples);
  }
}
