package io.gemoclap.training.prepare;

import io.gemoclap.audio.segment.Span;
import java.util.Arrays;

/** Collects the samples of one stretch of a recording while it is decoded. Not thread-safe. */
final class Cut {
  private final long from;
  private final long to;
  private float[] samples = {};
  private int length;

  /** All samples from {@code from}, inclusive, to {@code to}, exclusive, counted from 0. */
  private Cut(long from, long to) {
    this.from = from;
    this.to = to;
  }

  /** The stretch that a span takes at a rate in Hz; without span, everything. */
  static Cut of(Span span, int rate) {
    return span == null
        ? new Cut(0, Long.MAX_VALUE)
        : new Cut(Math.round(span.startSeconds() * rate), Math.round(span.endSeconds() * rate));
  }

  /**
   * Takes its share of a block.
   *
   * @param position of the block's first sample
   */
  void accept(long position, float[] block, int count) {
    int first = (int) Math.max(0, Math.min(count, from - position));
    int last = (int) Math.max(first, Math.min(count, to - position));
    int taken = last - first;
    if (taken > 0) {
      if (length + taken > samples.length) {
        samples = Arrays.copyOf(samples, Math.max(2 * samples.length, length + taken));
      }
      System.arraycopy(block, first, samples, length, taken);
      length += taken;
    }
  }

  /** Whether nothing from this position on belongs to it. */
  boolean isOver(long position) {
    return position >= to;
  }

  /** What was collected; afterwards it holds nothing. */
  float[] take() {
    float[] taken = Arrays.copyOf(samples, length);
    samples = new float[0];
    return taken;
  }
}
