package io.gemoclap.model.speech;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.gemoclap.model.blocks.Tensors;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Masks spans of frames and of columns of (N, T, hidden) in training (SpecAugment, Park et al.
 * 2019): masked frames become a learned vector, masked columns zero.
 *
 * @param maskedFrame the learned vector (hidden); may be null if the config masks nothing
 */
record FrameMasking(SpeechConfig.Masking config, @Nullable Parameter maskedFrame) {
  /**
   * Masks a batch.
   *
   * @param lengths real frames of each row; only they are masked
   */
  NDArray forward(NDArray x, int[] lengths, SplittableRandom random) {
    NDArray masked = x;
    int longest = Math.toIntExact(x.getShape().get(1));
    int columns = Math.toIntExact(x.getShape().get(2));
    NDManager manager = x.getManager();
    if (maskedFrame != null && config.applied() && config.time().share() > 0) {
      float[] spans = new float[lengths.length * longest];
      for (int i = 0; i < lengths.length; i++) {
        float[] row = SpanMask.draw(random, lengths[i], config.time());
        System.arraycopy(row, 0, spans, i * longest, row.length);
      }
      NDArray mask = Tensors.floats(manager, spans, lengths.length, longest, 1);
      masked = masked.add(mask.mul(maskedFrame.getArray()).sub(masked.mul(mask)));
    }
    if (config.applied() && config.feature().share() > 0) {
      float[] kept = new float[lengths.length * columns];
      for (int i = 0; i < lengths.length; i++) {
        float[] row = SpanMask.draw(random, columns, config.feature());
        for (int column = 0; column < columns; column++) {
          kept[i * columns + column] = 1 - row[column];
        }
      }
      masked = masked.mul(Tensors.floats(manager, kept, lengths.length, 1, columns));
    }
    return masked;
  }
}
