package io.gemoclap.overview;

import io.gemoclap.failure.Failure;
import io.gemoclap.overview.ArchiveReport.Example;
import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;

/** Failures of one kind, and the first of them by name. Mutable; not thread-safe. */
final class FailureCount implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int EXAMPLES = 3;

  private final TreeMap<String, Example> examples = new TreeMap<>();
  private long count;
  private long recordings;

  void add(Failure failure) {
    count++;
    recordings += failure.concernsRecording() ? 1 : 0;
    keep(failure.getItem(), new Example(failure.getItem(), failure.getMessage()));
  }

  FailureCount add(FailureCount other) {
    count += other.count;
    recordings += other.recordings;
    other.examples.forEach(this::keep);
    return this;
  }

  private void keep(String item, Example example) {
    examples.put(item, example);
    if (examples.size() > EXAMPLES) {
      examples.pollLastEntry();
    }
  }

  /** Recordings and segments. */
  long count() {
    return count;
  }

  /** Recordings that failed as a whole, or the rest of which failed. */
  long recordings() {
    return recordings;
  }

  List<Example> examples() {
    return List.copyOf(examples.values());
  }
}
