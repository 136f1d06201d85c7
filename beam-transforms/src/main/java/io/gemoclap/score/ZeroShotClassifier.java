package io.gemoclap.score;

import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Probabilities of labels for a unit vector: softmax of scaled cosines with one vector a label.
 * Pure arithmetic; immutable and thread-safe.
 *
 * @hidden
 */
@Internal
public final class ZeroShotClassifier {
  /** Most sentences that are embedded at once: their activations share the memory. */
  static final int MAX_BATCH = 64;

  /** Components of unit vectors that differ by less come from the same words. */
  private static final float SAME = 1e-5f;

  private final float[][] classes;
  private final double scale;

  private ZeroShotClassifier(float[][] classes, double scale) {
    this.classes = classes;
    this.scale = scale;
  }

  /**
   * Builds a classifier from sentences: a label's vector is the normalised mean of its sentences'
   * unit vectors. Sentences are embedded in batches of at most 64.
   *
   * @param sentences those of each label, in label order
   * @param embed a text tower: sentences to unit vectors
   * @param scale ε_a divided by the temperature
   * @throws IllegalArgumentException if a label's vector is not finite
   */
  public static ZeroShotClassifier of(
      List<List<String>> sentences, Function<List<String>, float[][]> embed, double scale) {
    float[][] classes = new float[sentences.size()][];
    for (int c = 0; c < classes.length; c++) {
      List<float[]> vectors = new ArrayList<>();
      for (List<String> batch : Lists.partition(sentences.get(c), MAX_BATCH)) {
        vectors.addAll(Arrays.asList(embed.apply(batch)));
      }
      classes[c] = meanDirection(vectors.toArray(float[][]::new));
      for (float component : classes[c]) {
        if (!Float.isFinite(component)) {
          throw new IllegalArgumentException(
              "The model gives the sentence '%s' a vector that is not finite"
                  .formatted(sentences.get(c).get(0)));
        }
      }
    }
    return new ZeroShotClassifier(classes, scale);
  }

  /** Unit vector of the mean of some vectors. */
  public static float[] meanDirection(float[][] vectors) {
    double[] sum = new double[vectors[0].length];
    for (float[] vector : vectors) {
      for (int d = 0; d < sum.length; d++) {
        sum[d] += vector[d];
      }
    }
    double squares = 0;
    for (double s : sum) {
      squares += s * s;
    }
    float[] direction = new float[sum.length];
    for (int d = 0; d < sum.length; d++) {
      direction[d] = (float) (sum[d] / Math.sqrt(squares + 1e-12));
    }
    return direction;
  }

  /** Size of the space that the labels and what is compared with them lie in. */
  int dims() {
    return classes[0].length;
  }

  /** The first two labels that have the same vector, and so share a probability; or empty. */
  Optional<int[]> firstAlike() {
    for (int a = 0; a < classes.length; a++) {
      for (int b = a + 1; b < classes.length; b++) {
        if (alike(classes[a], classes[b])) {
          return Optional.of(new int[] {a, b});
        }
      }
    }
    return Optional.empty();
  }

  private static boolean alike(float[] a, float[] b) {
    for (int d = 0; d < a.length; d++) {
      if (Math.abs(a[d] - b[d]) > SAME) {
        return false;
      }
    }
    return true;
  }

  /** Cosine with each label's vector, in label order. */
  public double[] cosines(float[] vector) {
    double[] cosines = new double[classes.length];
    for (int c = 0; c < cosines.length; c++) {
      for (int d = 0; d < vector.length; d++) {
        cosines[c] += vector[d] * classes[c][d];
      }
    }
    return cosines;
  }

  /** Probability of each label, in label order; they sum to 1. */
  public double[] probabilities(float[] vector) {
    return softmax(cosines(vector), scale);
  }

  /** {@code softmax(scale · x)}. */
  public static double[] softmax(double[] x, double scale) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : x) {
      max = Math.max(max, value);
    }
    double[] p = new double[x.length];
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      p[i] = Math.exp(scale * (x[i] - max));
      sum += p[i];
    }
    for (int i = 0; i < x.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  /** Index of the largest value, the first of equals. */
  public static int top(double[] values) {
    int top = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[top]) {
        top = i;
      }
    }
    return top;
  }
}
