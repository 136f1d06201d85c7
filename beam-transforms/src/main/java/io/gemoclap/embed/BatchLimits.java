package io.gemoclap.embed;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How large a batch may be, and the rule that makes batches.
 *
 * @param maxSeconds padded audio seconds: size times the longest segment
 * @param maxSize segments
 */
record BatchLimits(double maxSeconds, int maxSize) implements Serializable {

  private static final int BATCHES_BY_SIZE = 4;
  private static final int BATCHES_BY_SECONDS = 16;

  /**
   * Whether this many items are enough for sorting them to pay: some batches' worth, more of them
   * where batches are short. Waveforms of that many seconds bound the memory.
   */
  boolean isEnough(int size, double seconds) {
    return size >= BATCHES_BY_SIZE * maxSize || seconds >= BATCHES_BY_SECONDS * maxSeconds;
  }

  /** Cuts items, longest first, into batches within the limits, so that little is padded. */
  <T> List<List<T>> batches(List<T> items, ToDoubleFunction<T> seconds) {
    List<T> sorted = new ArrayList<>(items);
    sorted.sort(Comparator.comparingDouble(seconds).reversed());
    List<List<T>> batches = new ArrayList<>();
    List<T> batch = new ArrayList<>();
    for (T item : sorted) {
      boolean full =
          !batch.isEmpty()
              && (batch.size() == maxSize
                  || (batch.size() + 1) * seconds.applyAsDouble(batch.get(0)) > maxSeconds);
      if (full) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(item);
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }
}
