package io.gemoclap.audio.signal;

import io.gemoclap.audio.pcm.DecodeException;
import java.util.Arrays;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Mixes the channels of a stream into one by their mean, unless they cancel each other.
 *
 * <p>The rule, for each window of a quarter of a second: the channels cancel if the energy of their
 * sum is less than a tenth of the sum of their energies, and the window is no more than 20 dB
 * quieter than the loudest so far. Two channels of equal level cancel where their correlation is
 * below -0.9. From then on, channels whose correlation with the loudest one is negative are mixed
 * with turned polarity, until the plain mean has twice the energy of that mix again. Weights change
 * over ten milliseconds.
 *
 * <p>Nothing is approximated for channels that do not cancel: each output is their mean. Not
 * thread-safe.
 *
 * @hidden
 */
@Internal
public final class ChannelMix {
  /**
   * Takes the mixed samples; the array is used again for the next block.
   *
   * @hidden
   */
  public interface Output {
    public void accept(float[] samples, int length) throws DecodeException;
  }

  private static final int LONGEST_WINDOW = 1 << 14;
  private static final double CANCELS = 0.1;
  private static final double FAINT = 0.01;
  private static final double TURNS_BACK = 2;

  /** Mean square of -90 dB of full scale. */
  private static final double SILENT = 1e-9;

  private final Output output;
  private float[][] window = {};
  private float[] mixed = {};
  private int fade;
  private int held;

  /** Polarity of each channel now and in the window before. */
  private int[] signs = {};

  private int[] before = {};
  private int reference;
  private double loudest;
  private int rate = 1;
  private double cancelledSeconds;

  public ChannelMix(Output output) {
    this.output = output;
  }

  /** Prepares for blocks of another rate in Hz or another number of channels. */
  public void format(int newRate, int channels) throws DecodeException {
    finish();
    rate = newRate;
    int length = Math.max(1, Math.min(LONGEST_WINDOW, newRate / 4));
    window = new float[channels][channels == 1 ? 0 : length];
    mixed = new float[window[0].length];
    fade = Math.max(1, newRate / 100);
    signs = new int[channels];
    Arrays.fill(signs, 1);
    before = signs.clone();
    reference = 0;
    loudest = 0;
  }

  public void accept(float[][] planes, int length) throws DecodeException {
    if (planes.length == 1) {
      output.accept(planes[0], length);
      return;
    }
    for (int from = 0; from < length; ) {
      int count = Math.min(length - from, mixed.length - held);
      for (int channel = 0; channel < planes.length; channel++) {
        System.arraycopy(planes[channel], from, window[channel], held, count);
      }
      held += count;
      from += count;
      if (held == mixed.length) {
        mixWindow();
      }
    }
  }

  /** Mixes what is still held back. */
  public void finish() throws DecodeException {
    if (held > 0) {
      mixWindow();
    }
  }

  /** Seconds in which channels were mixed with turned polarity. */
  public double cancelledSeconds() {
    return cancelledSeconds;
  }

  /** The mean of all channels from one on. */
  public static void mean(float[][] planes, int first, int length, float[] out) {
    System.arraycopy(planes[first], 0, out, 0, length);
    for (int channel = first + 1; channel < planes.length; channel++) {
      add(planes[channel], length, out);
    }
    float share = 1f / (planes.length - first);
    for (int i = 0; i < length; i++) {
      out[i] *= share;
    }
  }

  private static void add(float[] plane, int length, float[] out) {
    for (int i = 0; i < length; i++) {
      out[i] += plane[i];
    }
  }

  private void mixWindow() throws DecodeException {
    mean(window, 0, held, mixed);
    choose();
    if (!plain(signs) || !plain(before)) {
      weigh();
    }
    if (!plain(signs)) {
      cancelledSeconds += (double) held / rate;
    }
    before = signs.clone();
    int length = held;
    held = 0;
    output.accept(mixed, length);
  }

  /** Sets the polarity of each channel for the window, whose mean has been computed. */
  private void choose() {
    double energies = 0;
    double[] energy = new double[window.length];
    for (int channel = 0; channel < window.length; channel++) {
      energy[channel] = energy(window[channel]);
      energies += energy[channel];
    }
    loudest = Math.max(loudest, energies / held);
    if (energies / held < Math.max(SILENT, FAINT * loudest)) {
      return;
    }
    int[] ones = new int[window.length];
    Arrays.fill(ones, 1);
    double sum = energy(mixed) * window.length * window.length;
    if (plain(signs) && sum >= CANCELS * energies) {
      return;
    }
    int[] turned = turned(energy);
    signs = sum > TURNS_BACK * energyOfSum(turned) ? ones : turned;
  }

  /** The polarity that makes each channel agree with the loudest one. */
  private int[] turned(double[] energy) {
    for (int channel = 0; channel < window.length; channel++) {
      // Another channel must be clearly louder, so that the polarity of the mix does not flicker.
      if (energy[channel] > 2 * energy[reference]) {
        reference = channel;
      }
    }
    int[] turned = new int[window.length];
    for (int channel = 0; channel < window.length; channel++) {
      turned[channel] = product(window[channel], window[reference]) < 0 ? -1 : 1;
    }
    return turned;
  }

  private double energyOfSum(int[] polarity) {
    double energy = 0;
    double total = 0;
    for (int i = 0; i < held; i++) {
      double sum = 0;
      for (int channel = 0; channel < window.length; channel++) {
        sum += polarity[channel] * window[channel][i];
      }
      energy += sum * sum;
      total += sum;
    }
    return energy - total * total / held;
  }

  private void weigh() {
    float share = 1f / window.length;
    for (int i = 0; i < held; i++) {
      float now = Math.min(1f, (float) i / fade);
      float sum = 0;
      for (int channel = 0; channel < window.length; channel++) {
        sum += (signs[channel] * now + before[channel] * (1 - now)) * window[channel][i];
      }
      mixed[i] = sum * share;
    }
  }

  /** The energy of a signal without its offset, in four sums that do not wait for each other. */
  private double energy(float[] a) {
    double[] sums = new double[4];
    double[] squares = new double[4];
    int whole = held / 4 * 4;
    addFours(a, whole, sums, squares);
    for (int i = whole; i < held; i++) {
      sums[0] += a[i];
      squares[0] += (double) a[i] * a[i];
    }
    double sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    return (squares[0] + squares[1]) + (squares[2] + squares[3]) - sum * sum / held;
  }

  private static void addFours(float[] a, int length, double[] sums, double[] squares) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    double square0 = 0;
    double square1 = 0;
    double square2 = 0;
    double square3 = 0;
    for (int i = 0; i < length; i += 4) {
      double x0 = a[i];
      double x1 = a[i + 1];
      double x2 = a[i + 2];
      double x3 = a[i + 3];
      sum0 += x0;
      sum1 += x1;
      sum2 += x2;
      sum3 += x3;
      square0 += x0 * x0;
      square1 += x1 * x1;
      square2 += x2 * x2;
      square3 += x3 * x3;
    }
    sums[0] = sum0;
    sums[1] = sum1;
    sums[2] = sum2;
    sums[3] = sum3;
    squares[0] = square0;
    squares[1] = square1;
    squares[2] = square2;
    squares[3] = square3;
  }

  /** The product of two channels without their offsets, which are inaudible. */
  private double product(float[] a, float[] b) {
    double sum = 0;
    double sumOfA = 0;
    double sumOfB = 0;
    for (int i = 0; i < held; i++) {
      sum += (double) a[i] * b[i];
      sumOfA += a[i];
      sumOfB += b[i];
    }
    return sum - sumOfA * sumOfB / held;
  }

  private static boolean plain(int[] polarity) {
    for (int sign : polarity) {
      if (sign < 0) {
        return false;
      }
    }
    return true;
  }
}
