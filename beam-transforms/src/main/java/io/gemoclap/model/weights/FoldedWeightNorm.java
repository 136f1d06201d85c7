package io.gemoclap.model.weights;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A view of a checkpoint whose weight-normalised convolutions were saved as one weight, after
 * {@code remove_weight_norm}: gives the two factors whose product that weight is. The length of
 * each place in the kernel is that place's norm over channels.
 */
final class FoldedWeightNorm implements Weights {
  private static final String FACTOR = "parametrizations.weight.original";

  private final Weights checkpoint;

  /** Names of folded weights by the name of each factor. */
  private final Map<String, String> folded;

  private final Set<String> names;

  private FoldedWeightNorm(Weights checkpoint, Map<String, String> folded) {
    this.checkpoint = checkpoint;
    this.folded = folded;
    names = new LinkedHashSet<>(checkpoint.names());
    names.removeAll(folded.values());
    names.addAll(folded.keySet());
  }

  /** The checkpoint itself if it has the factors of all weights for which two are declared. */
  static Weights unfold(Weights checkpoint, Set<String> declared) {
    Map<String, String> folded = new LinkedHashMap<>();
    for (String name : checkpoint.names()) {
      boolean factors = declared.contains(length(name)) && !declared.contains(name);
      if (factors && !checkpoint.names().contains(length(name))) {
        folded.put(length(name), name);
        folded.put(direction(name), name);
      }
    }
    return folded.isEmpty() ? checkpoint : new FoldedWeightNorm(checkpoint, folded);
  }

  /** The name of the length in place of {@code weight} at the end, or the name itself. */
  static String length(String weight) {
    return weight.replaceFirst("(^|\\.)weight$", "$1" + FACTOR + "0");
  }

  private static String direction(String weight) {
    return weight.replaceFirst("(^|\\.)weight$", "$1" + FACTOR + "1");
  }

  @Override
  public Set<String> names() {
    return names;
  }

  @Override
  public long[] shape(String name) {
    String weight = folded.get(name);
    if (weight == null) {
      return checkpoint.shape(name);
    }
    long[] shape = checkpoint.shape(weight);
    return name.endsWith("1") ? shape : lengthShape(shape);
  }

  private static long[] lengthShape(long[] weight) {
    long[] shape = new long[weight.length];
    java.util.Arrays.fill(shape, 1);
    if (shape.length > 0) {
      shape[shape.length - 1] = weight[weight.length - 1];
    }
    return shape;
  }

  @Override
  public FloatTensor read(String name) throws IOException {
    String weight = folded.get(name);
    if (weight == null) {
      return checkpoint.read(name);
    }
    FloatTensor whole = checkpoint.read(weight);
    return name.endsWith("1") ? directions(whole) : lengths(whole);
  }

  private static FloatTensor lengths(FloatTensor weight) {
    long[] shape = lengthShape(weight.shape());
    float[] lengths = new float[(int) shape[shape.length - 1]];
    for (int k = 0; k < lengths.length; k++) {
      double sum = 0;
      for (int i = k; i < weight.values().length; i += lengths.length) {
        sum += (double) weight.values()[i] * weight.values()[i];
      }
      lengths[k] = (float) Math.sqrt(sum);
    }
    return new FloatTensor(lengths, shape);
  }

  /** Unit vectors; a place of zeros gets some direction, since its length is zero. */
  private static FloatTensor directions(FloatTensor weight) {
    float[] lengths = lengths(weight).values();
    float[] values = weight.values().clone();
    for (int i = 0; i < values.length; i++) {
      float length = lengths[i % lengths.length];
      values[i] = length == 0 ? 1 : values[i] / length;
    }
    return new FloatTensor(values, weight.shape());
  }

  @Override
  public void close() throws IOException {
    checkpoint.close();
  }
}
