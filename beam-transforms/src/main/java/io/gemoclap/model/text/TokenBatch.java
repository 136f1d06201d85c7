package io.gemoclap.model.text;

import org.apache.beam.sdk.annotations.Internal;

/**
 * Token ids of several sentences, padded to the longest: all a text encoder needs.
 *
 * @param ids row-major (size × length), padding already the encoder's own pad id
 * @param lengths real tokens of each sentence
 * @param length tokens of the longest
 * @hidden
 */
@SuppressWarnings("ArrayRecordComponent") // lives inside one call, never compared
@Internal
public record TokenBatch(long[] ids, int[] lengths, int length) {

  /** Number of sentences. */
  public int size() {
    return lengths.length;
  }

  /** RoBERTa's positions: {@code pad + 1} onwards for real tokens, {@code pad} for padding. */
  long[] positions(int pad) {
    long[] positions = new long[ids.length];
    for (int row = 0; row < size(); row++) {
      for (int column = 0; column < length; column++) {
        positions[row * length + column] = column < lengths[row] ? pad + 1L + column : pad;
      }
    }
    return positions;
  }

  /** One value for real tokens, another for padding, row-major (size × length). */
  float[] mask(float real, float padding) {
    float[] mask = new float[ids.length];
    for (int row = 0; row < size(); row++) {
      for (int column = 0; column < length; column++) {
        mask[row * length + column] = column < lengths[row] ? real : padding;
      }
    }
    return mask;
  }
}
