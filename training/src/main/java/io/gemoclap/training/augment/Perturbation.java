package io.gemoclap.training.augment;

import io.gemoclap.audio.AudioDecoder;
import io.gemoclap.audio.ChannelMode;
import io.gemoclap.audio.DecodeException;
import io.gemoclap.audio.DecoderLimits;
import io.gemoclap.audio.SampleSink;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
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
   * What came out of an utterance.
   *
   * @param features of the perturbed voice
   * @param seconds length of the stretch that was taken
   */
  public record Extracted(FeatureMatrix features, double seconds) {}

  /** Features of an utterance after this perturbation. */
  public Extracted extract(Utterance utterance, FeatureSpec spec)
      throws IOException, DecodeException {
    // A recording resampled to another rate and taken for the original rate changes its speed.
    int rate = (int) (Math.round(spec.sampleRate() / speed / RATE_STEP) * RATE_STEP);
    float[] samples = decode(utterance, rate);
    if (tilt != 0 || snr < Double.POSITIVE_INFINITY || gain != 0) {
      samples = new SpectrumShaper(samples, spec.sampleRate()).shape(this);
    }
    FeatureMatrix features = spec.perturbed(warp, hop).extractor().extract(samples);
    return new Extracted(features, (double) samples.length / rate);
  }

  private static float[] decode(Utterance utterance, int rate) throws IOException, DecodeException {
    Samples samples = new Samples();
    try (SeekableByteChannel channel = utterance.open()) {
      new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, rate)
          .decode(channel, utterance.uri(), samples);
    }
    int from = 0;
    int to = samples.length;
    if (utterance.span().isPresent()) {
      from = (int) Math.min(to, Math.round(utterance.span().get().startSeconds() * rate));
      to = (int) Math.min(to, Math.round(utterance.span().get().endSeconds() * rate));
    }
    return Arrays.copyOfRange(samples.values, from, to);
  }

  private static final class Samples implements SampleSink {
    private float[] values = new float[1 << 16];
    private int length;

    @Override
    public void begin(int channels) {}

    @Override
    public void accept(int channel, float[] block, int count) {
      if (length + count > values.length) {
        values = Arrays.copyOf(values, Math.max(2 * values.length, length + count));
      }
      System.arraycopy(block, 0, values, length, count);
      length += count;
    }
  }
}
