package io.gemoclap.cli.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.read.ResultFolder;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the recordings of a part ended, read from its rows of recordings and failures.
 *
 * @param segments scored segments of each recording that has a row, over its channels
 * @param failed ids of recordings that failed as a whole
 * @param unreadable those of them that could not be read
 * @param faulty ids of recordings of which a segment failed in a way that may be temporary
 */
record PartOutcome(
    Map<String, Long> segments, Set<String> failed, Set<String> unreadable, Set<String> faulty) {

  static PartOutcome read(ResultFolder folder, List<PartFile> files) throws IOException {
    PartOutcome outcome =
        new PartOutcome(new HashMap<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
    for (PartFile file : files) {
      switch (file.kind()) {
        case "recordings" -> JsonLinesFile.forEach(folder, file.name(), outcome::addRecording);
        case "failures" -> JsonLinesFile.forEach(folder, file.name(), outcome::addFailure);
        default -> {}
      }
    }
    return outcome;
  }

  private void addRecording(JsonNode row) {
    segments.merge(row.path("recording").asText(), row.path("segments").asLong(), Long::sum);
  }

  private void addFailure(JsonNode row) {
    String recording = row.path("recording").asText();
    String kind = row.path("kind").asText();
    if (row.path("item").equals(row.path("recording"))) {
      failed.add(recording);
      if (kind.equals(FailureKind.UNREADABLE.name())) {
        unreadable.add(recording);
      }
    } else if (FailureKind.valueOf(kind).mayBeTemporary()) {
      faulty.add(recording);
    }
  }

  /** Ids of recordings that have a row among the recordings. */
  Set<String> listed() {
    return segments.keySet();
  }

  /** Ids of all recordings. */
  Set<String> all() {
    Set<String> all = new HashSet<>(listed());
    all.addAll(failed);
    return all;
  }

  /** Whether a segment of a decoded recording may succeed when the recording runs again. */
  boolean hasTemporaryFailure() {
    return faulty.stream().anyMatch(listed()::contains);
  }

  /** Ids of recordings with failed segments and without a scored one. */
  Set<String> fruitless() {
    return faulty.stream()
        .filter(id -> segments.getOrDefault(id, 1L) == 0)
        .collect(Collectors.toSet());
  }
}
