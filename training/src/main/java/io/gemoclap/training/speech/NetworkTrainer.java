package io.gemoclap.training.speech;

import static java.util.Objects.requireNonNull;

import io.gemoclap.audio.speech.SpeechNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Fits a {@link SpeechNetwork} by logistic regression on a hidden layer: Adam (Kingma and Ba 2015)
 * on all clips at once, with weight decay and noise on the standardised cues. The same clips and
 * seed give the same network.
 *
 * <p>Speech and other sounds weigh the same. Within each, a source weighs by the square root of the
 * number of its clips, so that a large package does not outweigh all others.
 */
public final class NetworkTrainer {
  private static final int HIDDEN = 16;
  private static final int STEPS = 1_000;
  private static final double RATE = 5e-3;
  private static final double DECAY = 1e-3;
  private static final double NOISE = 0.3;

  private final List<SpeechClip> clips;
  private final double[] weights;
  private final SplittableRandom random;
  private final int cues;

  private NetworkTrainer(List<SpeechClip> clips, long seed) {
    this.clips = clips;
    this.weights = weights(clips);
    this.random = new SplittableRandom(seed);
    this.cues = clips.get(0).cues().length;
  }

  /**
   * Fits a network.
   *
   * @param clips clips of both kinds, at least one of each
   * @param seed decides the start and the noise
   */
  public static SpeechNetwork fit(List<SpeechClip> clips, long seed) {
    return new NetworkTrainer(clips, seed).fit();
  }

  private static double[] weights(List<SpeechClip> clips) {
    Map<String, Long> sizes =
        clips.stream().collect(Collectors.groupingBy(NetworkTrainer::key, Collectors.counting()));
    double[] weights =
        clips.stream()
            .mapToDouble(clip -> 1 / Math.sqrt(requireNonNull(sizes.get(key(clip)))))
            .toArray();
    double[] sums = new double[2];
    for (int i = 0; i < weights.length; i++) {
      sums[kind(clips.get(i))] += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= 0.5 / sums[kind(clips.get(i))];
    }
    return weights;
  }

  private static String key(SpeechClip clip) {
    return kind(clip) + clip.source();
  }

  private static int kind(SpeechClip clip) {
    return clip.speech() ? 1 : 0;
  }

  private SpeechNetwork fit() {
    double[] means = new double[cues];
    double[] scales = new double[cues];
    for (int c = 0; c < cues; c++) {
      double squares = 0;
      for (int i = 0; i < weights.length; i++) {
        double cue = clips.get(i).cues()[c];
        means[c] += weights[i] * cue;
        squares += weights[i] * cue * cue;
      }
      scales[c] = 1 / Math.sqrt(Math.max(1e-9, squares - means[c] * means[c]));
    }
    double[] start = new double[HIDDEN * cues];
    for (int i = 0; i < start.length; i++) {
      start[i] = gaussian() / Math.sqrt(cues);
    }
    double[] out = new double[HIDDEN];
    for (int i = 0; i < HIDDEN; i++) {
      out[i] = gaussian() / Math.sqrt(HIDDEN);
    }
    Adam hidden = new Adam(start, DECAY);
    Adam biases = new Adam(new double[HIDDEN], 0);
    Adam output = new Adam(out, DECAY);
    Adam bias = new Adam(new double[1], 0);
    double[][] inputs = new double[weights.length][cues];
    SpeechNetwork frame =
        new SpeechNetwork(means, scales, new double[0][], new double[0], new double[0], 0);
    for (int i = 0; i < inputs.length; i++) {
      for (int c = 0; c < cues; c++) {
        inputs[i][c] = frame.standardised(c, clips.get(i).cues()[c]);
      }
    }
    for (int step = 1; step <= STEPS; step++) {
      accumulate(inputs, hidden, biases, output, bias);
      double rate = step < 0.6 * STEPS ? RATE : 0.3 * RATE;
      for (Adam each : List.of(hidden, biases, output, bias)) {
        each.step(step, rate);
      }
    }
    double[][] rows = new double[HIDDEN][];
    for (int unit = 0; unit < HIDDEN; unit++) {
      rows[unit] = rounded(Arrays.copyOfRange(hidden.values, unit * cues, (unit + 1) * cues));
    }
    return new SpeechNetwork(
        rounded(means),
        rounded(scales),
        rows,
        rounded(biases.values),
        rounded(output.values),
        rounded(bias.values)[0]);
  }

  /** Adds up the gradients of all clips. */
  private void accumulate(double[][] inputs, Adam hidden, Adam biases, Adam output, Adam bias) {
    double[] noisy = new double[cues];
    double[] units = new double[HIDDEN];
    for (int i = 0; i < inputs.length; i++) {
      for (int c = 0; c < cues; c++) {
        noisy[c] = inputs[i][c] + NOISE * 3.4641 * (random.nextDouble() - 0.5);
      }
      double logOdds = bias.values[0];
      for (int unit = 0; unit < HIDDEN; unit++) {
        double sum = biases.values[unit];
        int row = unit * cues;
        for (int c = 0; c < cues; c++) {
          sum += hidden.values[row + c] * noisy[c];
        }
        units[unit] = Math.tanh(sum);
        logOdds += output.values[unit] * units[unit];
      }
      double error = weights[i] * (1 / (1 + Math.exp(-logOdds)) - kind(clips.get(i)));
      bias.gradient[0] += error;
      for (int unit = 0; unit < HIDDEN; unit++) {
        output.gradient[unit] += error * units[unit];
        double back = error * output.values[unit] * (1 - units[unit] * units[unit]);
        biases.gradient[unit] += back;
        int row = unit * cues;
        for (int c = 0; c < cues; c++) {
          hidden.gradient[row + c] += back * noisy[c];
        }
      }
    }
  }

  private double gaussian() {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }

  /** Four decimal places of each number are enough, and keep the file small. */
  private static double[] rounded(double[] values) {
    return Arrays.stream(values).map(x -> Math.round(x * 1e4) / 1e4).toArray();
  }

  /** Parameters, their gradient, and its moments. */
  private static final class Adam {
    private final double[] values;
    private final double[] gradient;
    private final double[] first;
    private final double[] second;
    private final double decay;

    Adam(double[] values, double decay) {
      this.values = values;
      this.decay = decay;
      gradient = new double[values.length];
      first = new double[values.length];
      second = new double[values.length];
    }

    void step(int number, double rate) {
      for (int i = 0; i < values.length; i++) {
        double g = gradient[i] + decay * values[i];
        first[i] = 0.9 * first[i] + 0.1 * g;
        second[i] = 0.999 * second[i] + 0.001 * g * g;
        double m = first[i] / (1 - Math.pow(0.9, number));
        double v = second[i] / (1 - Math.pow(0.999, number));
        values[i] -= rate * m / (Math.sqrt(v) + 1e-8);
        gradient[i] = 0;
      }
    }
  }
}
