package io.gemoclap.features;

import java.util.List;

/**
 * Columns of features that are computed from the power of a segment's frames, which come in blocks.
 * For one thread at a time.
 */
interface SpectralColumns {
  /**
   * Begins a segment.
   *
   * @param samples the segment, which is kept until {@link #finish}
   * @param frames how many frames will come
   * @param to where the columns go
   */
  void begin(float[] samples, int frames, Target to);

  /**
   * Takes the next frames.
   *
   * @param frame the first of them
   * @param lanes how many, at most {@link Lanes#COUNT}
   * @param power a row for each frequency, with one number for each frame; not kept
   */
  void add(int frame, int lanes, float[][] power);

  /** Ends the segment: now all columns are written. */
  void finish();

  /** The names of the columns. */
  List<String> names();

  /** The least number of samples of a segment. */
  int minSamples();

  /** What the least number is needed for, as the end of a sentence. */
  String whyMinSamples();

  /**
   * Columns in a matrix.
   *
   * @param values the matrix, row by row
   * @param stride the number of its columns
   * @param column the first of the columns meant
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Target(float[] values, int stride, int column) {
    static final Target NOWHERE = new Target(new float[0], 0, 0);

    /** Where a column of a frame is in the matrix. */
    int index(int frame, int offset) {
      return frame * stride + column + offset;
    }
  }
}
