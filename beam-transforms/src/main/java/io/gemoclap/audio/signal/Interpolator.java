package io.gemoclap.audio.signal;

/**
 * Computes samples between samples, for a stream without content above 0.21 of its rate: a filter
 * of 16 taps, cut into phases. Where a ratio has too many phases for a table, the filter is
 * interpolated between two of them. Immutable.
 */
final class Interpolator {
  /** Inputs that one output depends on. */
  static final int TAPS = 16;

  /** Of these, how many lie before the output, not counting one in its place. */
  static final int BEFORE = TAPS / 2 - 1;

  private static final int MOST_PHASES = 2_048;

  private final int up;
  private final int phases;
  private final float[] table;

  /** For outputs that lie at multiples of {@code 1 / up} inputs. */
  Interpolator(int up) {
    this.up = up;
    phases = Math.min(up, MOST_PHASES);
    // One row more than phases: the interpolation reads the next row, too.
    table = new float[(phases + 1) * TAPS];
    Kaiser window = new Kaiser(TAPS / 2, 0.5);
    for (int phase = 0; phase <= phases; phase++) {
      double sum = 0;
      for (int i = 0; i < TAPS; i++) {
        sum += window.tap(distance(i, phase));
      }
      // Every phase passes a constant unchanged, whatever its rounding.
      for (int i = 0; i < TAPS; i++) {
        table[phase * TAPS + i] = (float) (window.tap(distance(i, phase)) / sum);
      }
    }
  }

  /** From the output to a tap, in inputs. */
  private double distance(int tap, int phase) {
    return tap - BEFORE - (double) phase / phases;
  }

  /**
   * One output.
   *
   * @param phase how far it lies after the input at {@code at + BEFORE}, 0 to below {@code up}
   * @param samples inputs
   * @param at index of the first of {@link #TAPS} inputs
   */
  float get(int phase, float[] samples, int at) {
    if (phases == up) {
      return dot(samples, at, phase * TAPS);
    }
    long position = (long) phase * phases;
    int row = (int) (position / up) * TAPS;
    float weight = (float) (position % up) / up;
    float here = dot(samples, at, row);
    return here + weight * (dot(samples, at, row + TAPS) - here);
  }

  private float dot(float[] samples, int at, int row) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int i = 0; i < TAPS; i += 4) {
      a += samples[at + i] * table[row + i];
      b += samples[at + i + 1] * table[row + i + 1];
      c += samples[at + i + 2] * table[row + i + 2];
      d += samples[at + i + 3] * table[row + i + 3];
    }
    return a + b + (c + d);
  }
}
