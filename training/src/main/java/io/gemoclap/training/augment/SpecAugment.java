package io.gemoclap.training.augment;

import io.gemoclap.features.FeatureMatrix;
import java.util.SplittableRandom;

/**
 * SpecAugment (Park et al. 2019) for encoders of frames: two stretches of time and two groups of
 * columns are replaced by the columns' means over the training data, which the tower sees as zero.
 *
 * @param means mean of each column
 */
@SuppressWarnings("ArrayRecordComponent") // constants of a training run, never compared
public record SpecAugment(float[] means) {
  private static final int MASKS = 2;
  private static final double LONGEST_SHARE = 0.1;
  private static final int WIDEST = 8;

  /** A masked copy of a matrix of frames. */
  public FeatureMatrix mask(FeatureMatrix matrix, SplittableRandom random) {
    int frames = matrix.frames();
    int dims = matrix.dims();
    float[] values = matrix.values().clone();
    for (int i = 0; i < MASKS; i++) {
      int length = random.nextInt((int) (LONGEST_SHARE * frames) + 1);
      int start = random.nextInt(frames - length + 1);
      for (int t = start; t < start + length; t++) {
        System.arraycopy(means, 0, values, t * dims, dims);
      }
      int width = random.nextInt(Math.min(WIDEST, dims) + 1);
      int first = random.nextInt(dims - width + 1);
      for (int t = 0; t < frames; t++) {
        System.arraycopy(means, first, values, t * dims + first, width);
      }
    }
    return FeatureMatrix.of(frames, dims, values);
  }
}
