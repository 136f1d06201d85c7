package io.gemoclap.model;

import io.gemoclap.features.FeatureMatrix;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * The two halves of what a model with a voice branch takes and gives: one for emotion, and one for
 * what depends on the absolute voice, such as gender ({@link TwoTowers}).
 *
 * @hidden
 */
@Internal
public final class SpeechParts {
  /** Length of each half of a unit vector. */
  static final double LENGTH = Math.sqrt(0.5);

  private SpeechParts() {}

  /** The unit vector for emotion of a segment's vector, for text vectors of {@code dims}. */
  public static float[] emotion(float[] vector, int dims) {
    return vector.length == 2 * dims ? unit(vector, 0, dims) : vector;
  }

  /** The unit vector for the voice; where there is no such half, the whole vector. */
  public static float[] voice(float[] vector, int dims) {
    return vector.length == 2 * dims ? unit(vector, dims, 2 * dims) : vector;
  }

  private static float[] unit(float[] vector, int from, int to) {
    float[] part = Arrays.copyOfRange(vector, from, to);
    for (int d = 0; d < part.length; d++) {
      part[d] = (float) (part[d] / LENGTH);
    }
    return part;
  }

  /** The first half of the columns of each matrix. */
  static List<FeatureMatrix> first(List<FeatureMatrix> batch) {
    return batch.stream().map(matrix -> half(matrix, 0)).toList();
  }

  /** The second half of the columns of each matrix. */
  static List<FeatureMatrix> second(List<FeatureMatrix> batch) {
    return batch.stream().map(matrix -> half(matrix, matrix.dims() / 2)).toList();
  }

  private static FeatureMatrix half(FeatureMatrix matrix, int from) {
    int dims = matrix.dims();
    if (dims % 2 != 0) {
      throw new IllegalArgumentException(
          "The model takes two halves of columns, but the features have %s".formatted(dims));
    }
    int half = dims / 2;
    float[] values = new float[matrix.frames() * half];
    for (int frame = 0; frame < matrix.frames(); frame++) {
      System.arraycopy(matrix.values(), frame * dims + from, values, frame * half, half);
    }
    return FeatureMatrix.of(matrix.frames(), half, values);
  }
}
