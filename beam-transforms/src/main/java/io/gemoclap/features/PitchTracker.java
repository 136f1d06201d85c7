package io.gemoclap.features;

import java.util.Arrays;

/**
 * Follows pitch through a segment: up to six candidate periods a frame, from {@link Periodicity},
 * and among them, with "no pitch" as a further candidate, the path of least cost through all frames
 * (dynamic programming, as in pYIN and in Boersma's method). A path pays for poor periodicity, for
 * long periods a little, for jumps in pitch and for switching voice on or off.
 */
final class PitchTracker {
  private static final int CANDIDATES = 6;
  private static final int STATES = CANDIDATES + 1;

  /** Costs, in units of the difference function. */
  private static final float UNVOICED = 0.45f;

  private static final float PER_OCTAVE_DOWN = 0.03f;
  private static final float PER_OCTAVE_JUMPED = 0.6f;
  private static final float SWITCH = 0.1f;

  private final int sampleRate;
  private final int minLag;
  private final int maxLag;
  private final float minOctave;
  private final Periodicity periodicity;
  private final float[] difference;

  private float[] lags = new float[0];
  private float[] octaves = new float[0];
  private float[] unlikeness = new float[0];
  private float[] ownCost = new float[0];
  private byte[] cameFrom = new byte[0];
  private float[] cost = new float[STATES];
  private float[] nextCost = new float[STATES];

  PitchTracker(FeaturePart part, int sampleRate) {
    this.sampleRate = sampleRate;
    this.minLag = (int) Math.floor(sampleRate / part.maxHz());
    this.maxLag = (int) Math.ceil(sampleRate / part.minHz());
    this.minOctave = octave(minLag);
    if (minLag < 2 || 2 * maxLag > part.pitchSamples()) {
      throw new IllegalArgumentException(
          "Pitch from "
              + part.minHz()
              + " to "
              + part.maxHz()
              + " Hz does not fit into "
              + part.pitchSamples()
              + " samples at "
              + sampleRate
              + " Hz");
    }
    this.periodicity = new Periodicity(part.pitchSamples(), maxLag + 1);
    this.difference = new float[maxLag + 2];
  }

  /** Makes room for a segment, and begins a new path. */
  void begin(int frames) {
    if (cameFrom.length < frames * STATES) {
      lags = new float[frames * STATES];
      octaves = new float[frames * STATES];
      unlikeness = new float[frames * STATES];
      ownCost = new float[frames * STATES];
      cameFrom = new byte[frames * STATES];
    }
    Arrays.fill(cost, 0);
  }

  /** Adds the frame whose stretch begins at {@code start}; frames come in order. */
  void add(int frame, float[] padded, int start) {
    int base = frame * STATES;
    Arrays.fill(unlikeness, base, base + STATES, Float.POSITIVE_INFINITY);
    Arrays.fill(ownCost, base, base + STATES, Float.POSITIVE_INFINITY);
    ownCost[base] = UNVOICED;
    if (periodicity.compute(padded, start, difference)) {
      collect(base);
    }
    for (int to = 0; to < STATES; to++) {
      extend(frame, to);
    }
    float[] swapped = cost;
    cost = nextCost;
    nextCost = swapped;
  }

  /** Keeps the cheapest troughs of the difference function, refined between the samples. */
  private void collect(int base) {
    for (int lag = minLag; lag <= maxLag; lag++) {
      float here = difference[lag];
      float before = difference[lag - 1];
      float after = difference[lag + 1];
      if (here < before && here <= after) {
        float bend = before - 2 * here + after;
        float shift = (before - after) / (2 * bend);
        insert(base, lag + shift, Math.max(0, here - (before - after) * shift / 4));
      }
    }
  }

  private void insert(int base, float lag, float value) {
    float octave = octave(lag);
    float price = value + PER_OCTAVE_DOWN * (octave - minOctave);
    int worst = base + 1;
    for (int slot = base + 2; slot < base + STATES; slot++) {
      if (ownCost[slot] > ownCost[worst]) {
        worst = slot;
      }
    }
    if (price < ownCost[worst]) {
      lags[worst] = lag;
      octaves[worst] = octave;
      unlikeness[worst] = value;
      ownCost[worst] = price;
    }
  }

  private static float octave(double lag) {
    return (float) (Math.log(lag) / Math.log(2));
  }

  private void extend(int frame, int to) {
    int base = frame * STATES;
    int best = 0;
    float least = Float.POSITIVE_INFINITY;
    for (int from = 0; from < STATES; from++) {
      float total = cost[from] + (frame == 0 ? 0 : step(base - STATES, from, base, to));
      if (total < least) {
        least = total;
        best = from;
      }
    }
    nextCost[to] = least + ownCost[base + to];
    cameFrom[base + to] = (byte) best;
  }

  private float step(int fromBase, int from, int toBase, int to) {
    if (from == 0 || to == 0) {
      return from == to ? 0 : SWITCH;
    }
    return PER_OCTAVE_JUMPED * Math.abs(octaves[fromBase + from] - octaves[toBase + to]);
  }

  /**
   * Ends the path.
   *
   * @param values where to write: for each frame F0 in Hz, 0 where unvoiced, and beside it the
   *     periodicity from 0 to 1
   * @param dims the distance from one frame to the next in {@code values}
   */
  void finish(int frames, float[] values, int dims) {
    int state = 0;
    for (int i = 1; i < STATES; i++) {
      if (cost[i] < cost[state]) {
        state = i;
      }
    }
    for (int frame = frames - 1; frame >= 0; frame--) {
      int base = frame * STATES;
      values[frame * dims] = state == 0 ? 0 : sampleRate / lags[base + state];
      values[frame * dims + 1] =
          1 - Math.min(1, state == 0 ? least(base) : unlikeness[base + state]);
      state = cameFrom[base + state];
    }
  }

  private float least(int base) {
    float least = Float.POSITIVE_INFINITY;
    for (int state = 1; state < STATES; state++) {
      least = Math.min(least, unlikeness[base + state]);
    }
    return least;
  }
}
