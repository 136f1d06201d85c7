package io.gemoclap.training.folds;

import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which utterances stay together when a corpus is split. */
enum Grouping {
  /** All utterances of a speaker. */
  SPEAKER("speaker"),
  /** All utterances of a session. */
  SESSION("session"),
  /** All utterances of a source recording; an utterance without one is its own group. */
  RECORDING("recording");

  private final String noun;

  Grouping(String noun) {
    this.noun = noun;
  }

  /** What one group is called. */
  String noun() {
    return noun;
  }

  String of(Utterance utterance) {
    return switch (this) {
      case SPEAKER -> utterance.speaker();
      case SESSION -> utterance.session();
      case RECORDING -> utterance.recording().isEmpty() ? utterance.id() : utterance.recording();
    };
  }

  /**
   * The groups of a corpus, sorted by name.
   *
   * @throws IllegalArgumentException when an utterance belongs to none
   */
  SortedMap<String, List<Utterance>> groups(Corpus corpus) {
    SortedMap<String, List<Utterance>> groups = groups(corpus.utterances());
    List<Utterance> lost = groups.getOrDefault("", List.of());
    if (!lost.isEmpty()) {
      throw new IllegalArgumentException(
          "%s of %s utterances of %s have no %s, %s among them"
              .formatted(
                  lost.size(), corpus.utterances().size(), corpus.name(), noun, lost.get(0).id()));
    }
    return groups;
  }

  SortedMap<String, List<Utterance>> groups(List<Utterance> utterances) {
    SortedMap<String, List<Utterance>> groups = new TreeMap<>();
    for (Utterance utterance : utterances) {
      groups.computeIfAbsent(of(utterance), key -> new ArrayList<>()).add(utterance);
    }
    return groups;
  }
}
