package io.gemoclap.training.prepare;

import com.google.common.primitives.Floats;
import io.gemoclap.audio.segment.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects the samples of one stretch of a recording while it is decoded. Not thread-safe.
 *
 * @param from index of the first sample, counted from 0
 * @param to index behind the last one
 * @param blocks what was collected so far
 */
record Cut(long from, long to, List<float[]> blocks) {
  /** The stretch that a span takes at a rate in Hz; without span, everything. */
  static Cut of(Span span, int rate) {
    return span == null
        ? new Cut(0, Long.MAX_VALUE, new ArrayList<>())
        : new Cut(
            Math.round(span.startSeconds() * rate),
            Math.round(span.endSeconds() * rate),
            new ArrayList<>());
  }

  /**
   * Takes its share of a block.
   *
   * @param position of the block's first sample
   */
  void accept(long position, float[] block, int count) {
    int first = (int) Math.max(0, Math.min(count, from - position));
    int last = (int) Math.max(first, Math.min(count, to - position));
    if (last > first) {
      blocks.add(Arrays.copyOfRange(block, first, last));
    }
  }

  /** Whether nothing from this position on belongs to it. */
  boolean isOver(long position) {
    return position >= to;
  }

  /** What was collected; afterwards it holds nothing. */
  float[] take() {
    float[] taken = Floats.concat(blocks.toArray(float[][]::new));
    blocks.clear();
    return taken;
  }
}
