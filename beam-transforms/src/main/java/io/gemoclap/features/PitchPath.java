package io.gemoclap.features;

import java.util.Arrays;

/**
 * Joins the pitch candidates of successive frames: the most probable path through a hidden Markov
 * model whose states are a pitch, in tenths of a semitone, with or without voice. The second stage
 * of pYIN (Mauch and Dixon 2014), with the constants of its reference implementation.
 *
 * <p>From one frame to the next pitch moves at most 18 octaves a second either way, small moves
 * being likelier, and voice begins or ends with a probability of 0.01. A voiced state is as
 * probable as its candidate; what the candidates leave over, the voiceless states share evenly, so
 * that a voiceless stretch remembers the pitch before it.
 *
 * <p>Holds about one byte for each frame and tenth of a semitone: 370 a frame from 60 to 500 Hz.
 */
final class PitchPath {
  private static final int BINS_PER_OCTAVE = 120;
  private static final double OCTAVES_PER_SECOND = 35.92;
  private static final int MOST_REACH = 63;
  private static final float STAY = (float) Math.log(0.99);
  private static final float SWITCH = (float) Math.log(0.01);

  /** Logarithm of the probability of what is all but impossible. */
  private static final float NEVER = -700;

  private final double minHz;
  private final int bins;
  private final int reach;
  private final float[] moves;
  private final float[] outOf;

  /** Logarithms of the best path's probability to each state of the frame before. */
  private final float[] voiceless;

  private final float[] voiced;

  private final Step toVoiceless;
  private final Step toVoiced;
  private final float[] arrived;
  private byte[] ways = new byte[0];
  private Voices[] voices = new Voices[0];

  /** The voiced states of one frame: bin, pitch in Hz, and the way to each. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Voices(int[] bins, float[] hz, byte[] ways) {}

  PitchPath(double minHz, double maxHz, double frameSeconds) {
    this.minHz = minHz;
    this.bins = (int) Math.floor(position(maxHz)) + 1;
    int semitones = (int) Math.rint(12 * OCTAVES_PER_SECOND * frameSeconds);
    this.reach = Math.min(MOST_REACH, semitones * BINS_PER_OCTAVE / 24);
    this.moves = new float[2 * reach + 1];
    for (int move = -reach; move <= reach; move++) {
      moves[move + reach] = (float) Math.log(weight(move));
    }
    this.outOf = new float[bins];
    for (int bin = 0; bin < bins; bin++) {
      double sum = 0;
      for (int move = -reach; move <= reach; move++) {
        sum += bin + move >= 0 && bin + move < bins ? weight(move) : 0;
      }
      outOf[bin] = (float) Math.log(sum);
    }
    this.voiceless = new float[bins];
    this.voiced = new float[bins];
    this.toVoiceless = new Step(bins);
    this.toVoiced = new Step(bins);
    this.arrived = new float[bins];
  }

  private double weight(int move) {
    return 1 - Math.abs(move) / (reach + 1.0);
  }

  private double position(double hz) {
    return BINS_PER_OCTAVE * Math.log(hz / minHz) / Math.log(2);
  }

  /** Leaving the states of a frame: the better of with and without voice, at each pitch. */
  private static final class Step {
    private final float[] best;
    private final byte[] fromVoiced;

    Step(int bins) {
      best = new float[bins];
      fromVoiced = new byte[bins];
    }

    void leave(float[] same, float[] other, int voicedIsOther, float[] outOf) {
      for (int bin = 0; bin < best.length; bin++) {
        float stay = same[bin] + STAY;
        float change = other[bin] + SWITCH;
        best[bin] = Math.max(stay, change) - outOf[bin];
        fromVoiced[bin] = (byte) (change > stay ? voicedIsOther : 1 - voicedIsOther);
      }
    }
  }

  /** Makes room for a segment, and begins a new path. */
  void begin(int frames) {
    if (voices.length < frames) {
      ways = new byte[frames * bins];
      voices = new Voices[frames];
    }
    Arrays.fill(voiceless, 0);
    Arrays.fill(voiced, 0);
  }

  /**
   * Adds a frame; frames come in order.
   *
   * @param hz its candidates
   * @param probabilities how probable each is, above 0 and together at most 1
   */
  void add(int frame, int candidates, float[] hz, float[] probabilities) {
    toVoiceless.leave(voiceless, voiced, 1, outOf);
    toVoiced.leave(voiced, voiceless, 0, outOf);
    Voices now =
        new Voices(new int[candidates], Arrays.copyOf(hz, candidates), new byte[candidates]);
    Arrays.fill(voiced, Float.NEGATIVE_INFINITY);
    float left = 1;
    for (int i = 0; i < candidates; i++) {
      left -= probabilities[i];
      int bin = (int) Math.max(0, Math.min(bins - 1, Math.rint(position(hz[i]))));
      now.bins[i] = bin;
      voiced[bin] = arriveVoiced(bin, now.ways, i) + (float) Math.log(probabilities[i]);
    }
    voices[frame] = now;
    arriveVoiceless(frame * bins);
    float share = left > 0 ? Math.max(NEVER, (float) Math.log(left / bins)) : NEVER;
    rescale(share);
  }

  private float arriveVoiced(int bin, byte[] into, int index) {
    float best = Float.NEGATIVE_INFINITY;
    for (int move = Math.max(-reach, -bin); move <= Math.min(reach, bins - 1 - bin); move++) {
      float value = toVoiced.best[bin + move] + moves[move + reach];
      if (value > best) {
        best = value;
        into[index] = way(move, toVoiced.fromVoiced[bin + move]);
      }
    }
    return best;
  }

  private void arriveVoiceless(int row) {
    Arrays.fill(arrived, Float.NEGATIVE_INFINITY);
    for (int move = -reach; move <= reach; move++) {
      float cost = moves[move + reach];
      int end = Math.min(bins, bins - move);
      for (int bin = Math.max(0, -move); bin < end; bin++) {
        float value = toVoiceless.best[bin + move] + cost;
        if (value > arrived[bin]) {
          arrived[bin] = value;
          ways[row + bin] = way(move, toVoiceless.fromVoiced[bin + move]);
        }
      }
    }
  }

  private byte way(int move, byte fromVoiced) {
    return (byte) (2 * (move + reach) + fromVoiced);
  }

  /** Keeps the numbers small, whatever the length of the segment. */
  private void rescale(float share) {
    float most = Float.NEGATIVE_INFINITY;
    for (int bin = 0; bin < bins; bin++) {
      voiceless[bin] = arrived[bin] + share;
      most = Math.max(most, Math.max(voiceless[bin], voiced[bin]));
    }
    for (int bin = 0; bin < bins; bin++) {
      voiceless[bin] -= most;
      voiced[bin] -= most;
    }
  }

  /**
   * Ends the path and writes the pitch of each frame in Hz, 0 where voiceless.
   *
   * @param to where to write
   */
  void finish(int frames, SpectralColumns.Target to) {
    int bin = 0;
    boolean voice = false;
    float most = Float.NEGATIVE_INFINITY;
    for (int state = 0; state < bins; state++) {
      if (Math.max(voiceless[state], voiced[state]) > most) {
        most = Math.max(voiceless[state], voiced[state]);
        bin = state;
        voice = voiced[state] > voiceless[state];
      }
    }
    for (int frame = frames - 1; frame >= 0; frame--) {
      int way;
      if (voice) {
        Voices now = voices[frame];
        int last = now.bins.length - 1;
        while (now.bins[last] != bin) {
          last--;
        }
        to.values()[to.index(frame, 0)] = now.hz[last];
        way = now.ways[last] & 0xff;
      } else {
        to.values()[to.index(frame, 0)] = 0;
        way = ways[frame * bins + bin] & 0xff;
      }
      bin += way / 2 - reach;
      voice = way % 2 == 1;
    }
  }
}
