package io.gemoclap.features;

import java.util.Arrays;

/**
 * Our own pitch tracker: up to six candidate periods a frame, from the {@link Periodicity} of
 * speech below the formants, and among them, with "no pitch" as a further candidate, the path of
 * least cost through all frames (dynamic programming, as in Boersma 1993). A path pays for poor
 * periodicity, for long periods a little, for jumps in pitch and for switching voice on or off.
 * Voicing is the periodicity of the chosen candidate.
 *
 * <p>It says "no voice" more readily than {@link Pyin} and follows faster, in shorter windows:
 * worth some three points of recall to the compact tower (docs/decisions/0007).
 */
final class LeastCostPitch implements PitchTracker {
  private static final int CANDIDATES = 6;
  private static final int STATES = CANDIDATES + 1;

  /** Costs, in units of the difference function. */
  private static final float UNVOICED = 0.45f;

  private static final float PER_OCTAVE_DOWN = 0.03f;
  private static final float PER_OCTAVE_JUMPED = 0.6f;
  private static final float SWITCH = 0.1f;

  private final int sampleRate;
  private final int hop;
  private final int minLag;
  private final int maxLag;
  private final float minOctave;

  /** What the shortest period costs, which may be half a sample below the shortest lag. */
  private final float leastForPeriod;

  private final Periodicity periodicity;
  private final PitchBand band;
  private float[] voice = new float[0];

  private float[] lags = new float[0];
  private float[] octaves = new float[0];
  private float[] unlikeness = new float[0];
  private float[] ownCost = new float[0];
  private byte[] cameFrom = new byte[0];
  private float[] cost = new float[STATES];
  private float[] nextCost = new float[STATES];

  LeastCostPitch(FeaturePart part, int sampleRate) {
    this.sampleRate = sampleRate;
    this.hop = part.hopSamples();
    this.minLag = (int) Math.floor(sampleRate / part.maxHz());
    this.maxLag = (int) Math.ceil(sampleRate / part.minHz());
    this.minOctave = octave(minLag);
    this.leastForPeriod = PER_OCTAVE_DOWN * (octave(minLag - 0.5) - minOctave);
    PitchTracker.require(part, sampleRate);
    this.periodicity = new Periodicity(part.pitchSamples(), maxLag + 1);
    this.band = new PitchBand(sampleRate, 2 * part.maxHz());
  }

  @Override
  public void begin(int frames, float[] padded, int length) {
    if (voice.length < length) {
      voice = new float[length];
    }
    band.filter(padded, voice, length);
    if (cameFrom.length < frames * STATES) {
      lags = new float[frames * STATES];
      octaves = new float[frames * STATES];
      unlikeness = new float[frames * STATES];
      ownCost = new float[frames * STATES];
      cameFrom = new byte[frames * STATES];
    }
    Arrays.fill(cost, 0);
  }

  @Override
  public void add(int frame, int lanes, int start) {
    int from = frame * STATES;
    Arrays.fill(unlikeness, from, from + lanes * STATES, Float.POSITIVE_INFINITY);
    Arrays.fill(ownCost, from, from + lanes * STATES, Float.POSITIVE_INFINITY);
    periodicity.compute(voice, start, hop, lanes);
    for (int lag = minLag; lag <= maxLag; lag++) {
      collect(from, lanes, lag);
    }
    for (int j = 0; j < lanes; j++) {
      ownCost[from + j * STATES] = UNVOICED;
      extend(frame + j);
    }
  }

  /** Keeps troughs of the difference function at a lag, refined between the samples. */
  private void collect(int from, int lanes, int lag) {
    float[] before = periodicity.difference()[lag - 1];
    float[] here = periodicity.difference()[lag];
    float[] after = periodicity.difference()[lag + 1];
    for (int j = 0; j < lanes; j++) {
      if (here[j] < before[j] && here[j] <= after[j] && !periodicity.isSilent(j)) {
        float bend = before[j] - 2 * here[j] + after[j];
        float rise = before[j] - after[j];
        float shift = rise / (2 * bend);
        insert(from + j * STATES, lag + shift, Math.max(0, here[j] - rise * shift / 4));
      }
    }
  }

  private void insert(int base, float lag, float value) {
    int worst = base + 1;
    for (int slot = base + 2; slot < base + STATES; slot++) {
      if (ownCost[slot] > ownCost[worst]) {
        worst = slot;
      }
    }
    if (value + leastForPeriod >= ownCost[worst]) {
      return; // too dear whatever the period: spares the logarithm
    }
    float octave = octave(lag);
    float price = value + PER_OCTAVE_DOWN * (octave - minOctave);
    if (price < ownCost[worst]) {
      lags[worst] = lag;
      octaves[worst] = octave;
      unlikeness[worst] = value;
      ownCost[worst] = price;
    }
  }

  private static float octave(double lag) {
    return (float) FastLog.log2(lag);
  }

  /** Extends the best paths to each state of the frame before by one frame. */
  private void extend(int frame) {
    int base = frame * STATES;
    for (int to = 0; to < STATES; to++) {
      int best = 0;
      float least = cost[0] + (frame == 0 || to == 0 ? 0 : SWITCH);
      for (int from = 1; from < STATES; from++) {
        float total = cost[from] + (frame == 0 ? 0 : step(base - STATES + from, base, to));
        if (total < least) {
          least = total;
          best = from;
        }
      }
      nextCost[to] = least + ownCost[base + to];
      cameFrom[base + to] = (byte) best;
    }
    float[] swapped = cost;
    cost = nextCost;
    nextCost = swapped;
  }

  /** The cost of going from a voiced state to one of the next frame. */
  private float step(int from, int base, int to) {
    return to == 0 ? SWITCH : PER_OCTAVE_JUMPED * Math.abs(octaves[from] - octaves[base + to]);
  }

  @Override
  public void finish(int frames, SpectralColumns.Target to) {
    int state = 0;
    for (int i = 1; i < STATES; i++) {
      if (cost[i] < cost[state]) {
        state = i;
      }
    }
    for (int frame = frames - 1; frame >= 0; frame--) {
      int base = frame * STATES;
      to.values()[to.index(frame, 0)] = state == 0 ? 0 : sampleRate / lags[base + state];
      to.values()[to.index(frame, 1)] =
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
