package io.gemoclap.audio.speech;

import io.gemoclap.audio.signal.RealTransform;
import java.util.Arrays;

/**
 * What tells speech from other sounds, in numbers: how the spectrum and the level of a stretch of
 * sound are distributed, and how they change.
 *
 * <p>The cues are those of speech/music discrimination (Scheirer and Slaney 1997: modulation at 4
 * Hz, share of low energy, variance of spectral shape), computed from {@link BandSpectrum}, and how
 * long the fine structure lasts: tones keep theirs, voices move. None depends on the level of the
 * recording. Not thread-safe; reuses its buffers.
 */
final class SpeechCues {
  /** Frames further below the loudest do not count as sound, in dB. */
  private static final double ACTIVE = 30;

  /** Digital silence stays below this level, in dB of full scale. */
  private static final double SILENCE = -95;

  /** Levels further below the loudest frame count as if they were there, in dB. */
  private static final double RANGE = 60;

  private static final double[] QUANTILES = {.05, .25, .5, .75, .95};
  private static final double[] MODULATION_HZ = {1, 2, 3, 4, 6, 8, 12};
  private static final int[] LAGS = {1, 2, 4, 8};

  private final BandSpectrum spectrum;
  private final double frameSeconds;
  private float[][] bands = new float[0][];
  private float[][] structure = new float[0][];
  private double[] level = new double[0];
  private boolean[] active = new boolean[0];
  private int frames;
  private int activeFrames;

  SpeechCues(int sampleRate, RealTransform.Factory transforms) {
    spectrum = new BandSpectrum(sampleRate, transforms);
    frameSeconds = (double) spectrum.frameSamples() / sampleRate;
  }

  /** Number of cues. */
  static int size() {
    return 3 * BandSpectrum.BANDS + QUANTILES.length + MODULATION_HZ.length + 3 * LAGS.length + 11;
  }

  /** Frames of the last stretch that are sound. */
  int activeFrames() {
    return activeFrames;
  }

  /**
   * Computes the cues of a stretch of sound.
   *
   * @param from index of its first sample
   * @param to index after its last sample; a rest of less than half a frame is left out
   * @return {@link #size} numbers; zeros if the stretch is silent
   */
  double[] of(float[] samples, int from, int to) {
    analyse(samples, from, to);
    Cues cues = new Cues(size());
    if (activeFrames > 0) {
      addBands(cues);
      addLevel(cues);
      addStructure(cues);
      cues.add(Math.log(frames));
    }
    return cues.values;
  }

  private void analyse(float[] samples, int from, int to) {
    int size = spectrum.frameSamples();
    frames = Math.max(1, (to - from + size / 2) / size);
    reserve(frames);
    double loudest = Double.NEGATIVE_INFINITY;
    for (int t = 0; t < frames; t++) {
      level[t] = spectrum.compute(samples, from + t * size, to, bands[t], structure[t]);
      loudest = Math.max(loudest, level[t]);
    }
    activeFrames = 0;
    float least = (float) (loudest - RANGE);
    for (int t = 0; t < frames; t++) {
      active[t] = level[t] >= loudest - ACTIVE && level[t] > SILENCE;
      activeFrames += active[t] ? 1 : 0;
      level[t] = Math.max(level[t] - loudest, -RANGE);
      for (int b = 0; b < BandSpectrum.BANDS; b++) {
        bands[t][b] = (float) (Math.max(bands[t][b], least) - loudest);
      }
    }
  }

  private void reserve(int count) {
    if (count > bands.length) {
      bands = new float[count][BandSpectrum.BANDS];
      structure = new float[count][spectrum.fineSize()];
      level = new double[count];
      active = new boolean[count];
    }
  }

  /** Mean, deviation and change of each band, and how bands change together. */
  private void addBands(Cues cues) {
    int count = BandSpectrum.BANDS;
    double[] mean = new double[count];
    for (int t = 0; t < frames; t++) {
      for (int b = 0; b < count && active[t]; b++) {
        mean[b] += bands[t][b] / activeFrames;
      }
    }
    double total = Arrays.stream(mean).average().orElse(0);
    for (int b = 0; b < count; b++) {
      cues.add(mean[b] - total);
    }
    double[] variance = new double[count];
    double[] change = new double[count];
    Moments flux = new Moments();
    Moments tilt = new Moments();
    for (int t = 0; t < frames; t++) {
      double moved = 0;
      double low = 0;
      double high = 0;
      for (int b = 0; b < count && active[t]; b++) {
        double off = bands[t][b] - mean[b];
        variance[b] += off * off / activeFrames;
        double delta = t == 0 ? 0 : bands[t][b] - bands[t - 1][b];
        change[b] += delta * delta / activeFrames;
        moved += Math.abs(delta) / count;
        low += b < count / 2 ? bands[t][b] : 0;
        high += b < count / 2 ? 0 : bands[t][b];
      }
      if (active[t]) {
        flux.add(moved);
        tilt.add((low - high) * 2 / count);
      }
    }
    for (int b = 0; b < count; b++) {
      cues.add(Math.sqrt(variance[b]));
    }
    for (int b = 0; b < count; b++) {
      cues.add(Math.sqrt(change[b]));
    }
    cues.add(flux.mean());
    cues.add(flux.deviation());
    cues.add(tilt.mean());
    cues.add(tilt.deviation());
  }

  /** How the level is distributed, and how fast it is modulated. */
  private void addLevel(Cues cues) {
    double[] sorted = Arrays.copyOf(level, frames);
    Arrays.sort(sorted);
    for (double q : QUANTILES) {
      cues.add(sorted[(int) (q * (frames - 1))]);
    }
    cues.add((double) activeFrames / frames);
    double mean = Arrays.stream(sorted).average().orElse(0);
    double power = 0;
    Moments change = new Moments();
    int crossings = 0;
    for (int t = 0; t < frames; t++) {
      power += (level[t] - mean) * (level[t] - mean);
      if (t > 0) {
        change.add(level[t] - level[t - 1]);
        crossings += (level[t] > mean) == (level[t - 1] > mean) ? 0 : 1;
      }
    }
    cues.add(Math.sqrt(power / frames));
    cues.add(change.deviation());
    cues.add((double) crossings / frames);
    for (int t = 0; t < frames; t++) {
      level[t] = (level[t] - mean) * (0.5 - 0.5 * Math.cos(2 * Math.PI * (t + 0.5) / frames));
    }
    for (double hertz : MODULATION_HZ) {
      cues.add(Math.log(modulation(hertz) / (frames * power + 1) + 1e-3));
    }
  }

  /** The power of the level at a frequency, by Goertzel's algorithm. */
  private double modulation(double hertz) {
    double factor = 2 * Math.cos(2 * Math.PI * hertz * frameSeconds);
    double last = 0;
    double before = 0;
    for (int t = 0; t < frames; t++) {
      double next = level[t] + factor * last - before;
      before = last;
      last = next;
    }
    return last * last + before * before - factor * last * before;
  }

  /** How far peaks stand out, and how long they stay where they are. */
  private void addStructure(Cues cues) {
    Moments peaks = new Moments();
    double[] size = new double[frames];
    for (int t = 0; t < frames; t++) {
      size[t] = dot(structure[t], structure[t]);
      if (active[t]) {
        peaks.add(Math.sqrt(size[t] / structure[t].length));
      }
    }
    cues.add(peaks.mean());
    cues.add(peaks.deviation());
    for (int lag : LAGS) {
      Moments likeness = new Moments();
      int alike = 0;
      for (int t = lag; t < frames; t++) {
        if (active[t] && active[t - lag]) {
          double each =
              dot(structure[t], structure[t - lag]) / Math.sqrt(size[t] * size[t - lag] + 1e-9);
          likeness.add(each);
          alike += each > 0.6 ? 1 : 0;
        }
      }
      cues.add(likeness.mean());
      cues.add(likeness.deviation());
      cues.add((double) alike / Math.max(1, likeness.count()));
    }
  }

  private static double dot(float[] a, float[] b) {
    float first = 0;
    float second = 0;
    float third = 0;
    float fourth = 0; // four sums, of which none waits for another
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      first += a[i] * b[i];
      second += a[i + 1] * b[i + 1];
      third += a[i + 2] * b[i + 2];
      fourth += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      first += a[i] * b[i];
    }
    return first + second + third + fourth;
  }

  /** Mean and deviation of numbers. */
  private static final class Moments {
    private int count;
    private double sum;
    private double squares;

    void add(double x) {
      count++;
      sum += x;
      squares += x * x;
    }

    int count() {
      return count;
    }

    double mean() {
      return count == 0 ? 0 : sum / count;
    }

    double deviation() {
      return count == 0 ? 0 : Math.sqrt(Math.max(0, squares / count - mean() * mean()));
    }
  }

  /** The cues under construction. */
  private static final class Cues {
    private final double[] values;
    private int length;

    Cues(int size) {
      values = new double[size];
    }

    void add(double value) {
      values[length++] = value;
    }
  }
}
