package io.gemoclap.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Statistics of a whole segment: one row that sums up how cepstrum, spectral shape, pitch, energy
 * and voicing behave over time. The input of the compact audio tower.
 *
 * <p>Groups of columns: mean and deviation of every contour over active frames (within 40 dB of the
 * loudest) and over voiced frames; deviations of first and second derivatives; slopes; order
 * statistics and movement of pitch in octaves; timing of voiced stretches. In the spirit of
 * openSMILE's functionals (Eyben et al. 2010), though not equal to any of its sets.
 */
final class Functionals implements FeatureExtractor {
  private static final double EPSILON = 1e-3;
  private static final double[] PITCH_QUANTILES = {.05, .1, .25, .5, .75, .9, .95};
  private static final double[] MOVE_QUANTILES = {.1, .25, .5, .75, .9};
  private static final int MOVE_FRAMES = 4;
  private static final double LARGEST_MOVE = 0.6;

  private final FeatureExtractor frames;
  private final int cepstra;
  private final List<String> names;

  /** Statistics over frames of {@code cepstra} MFCC columns followed by {@link Prosody}'s. */
  Functionals(FeatureExtractor frames, int cepstra) {
    this.frames = frames;
    this.cepstra = cepstra;
    this.names = names(frames.names().subList(0, cepstra));
  }

  @Override
  public FeatureMatrix extract(float[] samples) {
    Contours contours = new Contours(frames.extract(samples), cepstra);
    Row row = new Row(names.size());
    boolean[] active = contours.active();
    boolean[] voiced = contours.voiced();
    double[][] all = contours.all();
    for (boolean[] selected : List.of(active, voiced)) {
      for (double[] contour : all) {
        row.add(ContourStatistics.mean(contour, selected));
      }
      for (double[] contour : all) {
        row.add(ContourStatistics.deviation(contour, selected));
      }
    }
    List<double[]> first = Arrays.stream(all).map(Contours::delta).toList();
    for (double[] delta : first) {
      row.add(Math.log(ContourStatistics.deviation(delta, active) + EPSILON));
    }
    for (double[] delta : first) {
      row.add(Math.log(ContourStatistics.deviation(Contours.delta(delta), active) + EPSILON));
    }
    for (double[] contour : all) {
      row.add(ContourStatistics.slope(contour, null));
    }
    addPitch(row, contours.octaves(), voiced);
    addTiming(row, active, voiced);
    return FeatureMatrix.of(1, names.size(), row.values);
  }

  private static void addPitch(Row row, double[] octaves, boolean[] voiced) {
    double[] sorted = ContourStatistics.sorted(octaves, voiced);
    row.add(ContourStatistics.mean(octaves, voiced));
    row.add(ContourStatistics.deviation(octaves, voiced));
    for (double q : PITCH_QUANTILES) {
      row.add(ContourStatistics.quantile(sorted, q));
    }
    row.add(ContourStatistics.quantile(sorted, .95) - ContourStatistics.quantile(sorted, .05));
    row.add(ContourStatistics.quantile(sorted, .75) - ContourStatistics.quantile(sorted, .25));
    row.add(ContourStatistics.slope(octaves, voiced));

    double[] moves = moves(octaves, voiced);
    double[] sortedMoves = ContourStatistics.sorted(moves, null);
    row.add(ContourStatistics.mean(moves, null));
    row.add(ContourStatistics.deviation(moves, null));
    row.add(ContourStatistics.meanMagnitude(moves));
    for (double q : MOVE_QUANTILES) {
      row.add(ContourStatistics.quantile(sortedMoves, q));
    }
    row.add(ContourStatistics.sharePositive(moves));
  }

  /** Pitch differences over four voiced frames, without jumps between octaves. */
  private static double[] moves(double[] octaves, boolean[] voiced) {
    double[] moves = new double[octaves.length];
    int count = 0;
    for (int t = MOVE_FRAMES; t < octaves.length; t++) {
      double move = octaves[t] - octaves[t - MOVE_FRAMES];
      boolean inside = voiced[t] && voiced[t - MOVE_FRAMES] && voiced[t - MOVE_FRAMES / 2];
      if (inside && Math.abs(move) < LARGEST_MOVE) {
        moves[count++] = move;
      }
    }
    return Arrays.copyOf(moves, count);
  }

  private static void addTiming(Row row, boolean[] active, boolean[] voiced) {
    int frames = voiced.length;
    double voicedFrames = 0;
    double activeFrames = 0;
    double runs = 0;
    double gaps = 0;
    for (int t = 0; t < frames; t++) {
      voicedFrames += voiced[t] ? 1 : 0;
      activeFrames += active[t] ? 1 : 0;
      boolean starts = t == 0 || voiced[t] != voiced[t - 1];
      runs += starts && voiced[t] ? 1 : 0;
      gaps += starts && !voiced[t] ? 1 : 0;
    }
    row.add(Math.log(frames));
    row.add(activeFrames / frames);
    row.add(voicedFrames / frames);
    row.add(voicedFrames / activeFrames);
    row.add(100 * runs / frames);
    row.add(Math.log(voicedFrames / Math.max(1, runs) + 1));
    row.add(Math.log((frames - voicedFrames) / Math.max(1, gaps) + 1));
  }

  /** The row under construction. */
  static final class Row {
    private final float[] values;
    private int length;

    Row(int size) {
      values = new float[size];
    }

    void add(double value) {
      values[length++] = (float) value;
    }
  }

  private static List<String> names(List<String> cepstra) {
    List<String> all = Contours.names(cepstra);
    List<String> names = new ArrayList<>();
    for (String frames : List.of("active", "voiced")) {
      all.forEach(contour -> names.add(contour + "_mean_" + frames));
      all.forEach(contour -> names.add(contour + "_std_" + frames));
    }
    all.forEach(contour -> names.add(contour + "_delta_logstd"));
    all.forEach(contour -> names.add(contour + "_delta2_logstd"));
    all.forEach(contour -> names.add(contour + "_slope"));
    names.addAll(List.of("pitch_mean", "pitch_std"));
    for (double q : PITCH_QUANTILES) {
      names.add("pitch_p" + Math.round(100 * q));
    }
    names.addAll(List.of("pitch_range_p95_p5", "pitch_range_p75_p25", "pitch_slope"));
    names.addAll(List.of("pitch_move_mean", "pitch_move_std", "pitch_move_magnitude"));
    for (double q : MOVE_QUANTILES) {
      names.add("pitch_move_p" + Math.round(100 * q));
    }
    names.add("pitch_move_rising_share");
    names.addAll(
        List.of(
            "log_frames",
            "active_share",
            "voiced_share",
            "voiced_share_of_active",
            "voiced_runs_per_100_frames",
            "voiced_run_loglength",
            "unvoiced_run_loglength"));
    return List.copyOf(names);
  }

  @Override
  public int dims() {
    return names.size();
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public int minSamples() {
    return frames.minSamples();
  }

  /** There is only one row; the time from one of the frames below it to the next. */
  @Override
  public double frameSeconds() {
    return frames.frameSeconds();
  }
}
