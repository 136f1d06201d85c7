package io.gemoclap.training.degrade;

import java.util.SplittableRandom;

/**
 * A room: the direct sound, a few early reflections between 2 and 40 ms, and noise that decays by
 * 60 dB in the reverberation time, as the statistical model of diffuse sound has it (Polack 1988).
 * High frequencies decay faster. All recordings of an archive are made in one room. The direct
 * sound keeps its place and level.
 *
 * @param shortest reverberation time (RT60) in seconds
 * @param longest likewise
 * @param directToReverberant energy of the direct sound against the rest, in dB
 */
record Room(double shortest, double longest, double directToReverberant) implements Effect {
  private static final int REFLECTIONS = 6;
  private static final double MIXING_SECONDS = 0.02;

  @Override
  public float[] apply(
      float[] samples, int rate, SplittableRandom archive, SplittableRandom recording) {
    return Samples.toFloats(Spectrum.convolve(Samples.toDoubles(samples), response(rate, archive)));
  }

  /** The impulse response of a room. */
  double[] response(int rate, SplittableRandom random) {
    double time = Samples.between(shortest, longest, random);
    double[] response = new double[(int) (time * rate)];
    double slow = decay(time, rate);
    double fast = decay(time / 2, rate);
    double smooth = 0;
    double[] noise = Samples.gaussian(response.length, random);
    for (int i = (int) (MIXING_SECONDS * rate); i < response.length; i++) {
      // White noise as a part that is smooth, and the rest, which is absorbed sooner.
      smooth = 0.6 * smooth + 0.4 * noise[i];
      response[i] = smooth * Math.exp(-slow * i) + (noise[i] - smooth) * Math.exp(-fast * i);
    }
    for (int i = 0; i < REFLECTIONS; i++) {
      int place = (int) (Samples.between(0.002, 0.04, random) * rate);
      double sign = random.nextBoolean() ? 1 : -1;
      response[place] += sign * 2 * Math.exp(-slow * place) * random.nextDouble();
    }
    response[0] = 0;
    double energy = Samples.power(response) * response.length;
    double factor = Samples.factor(-directToReverberant) / Math.sqrt(Math.max(energy, 1e-12));
    for (int i = 0; i < response.length; i++) {
      response[i] *= factor;
    }
    response[0] = 1;
    return response;
  }

  /** Natural decay of amplitudes for each sample: 60 dB in a time. */
  private static double decay(double seconds, int rate) {
    return 3 * Math.log(10) / (seconds * rate);
  }
}
