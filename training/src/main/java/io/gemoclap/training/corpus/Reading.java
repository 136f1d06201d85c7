package io.gemoclap.training.corpus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what one corpus yields, in one place for all kinds: utterances and problems. */
final class Reading {
  private final String name;
  private final LabelMap labels;
  private final List<Utterance> utterances = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Integer> leftOut = new TreeMap<>();
  private final Map<String, String> places = new HashMap<>();

  Reading(String name, LabelMap labels) {
    this.name = name;
    this.labels = labels;
  }

  void problem(String file, long line, String message) {
    problems.add(new Problem(file, line, message));
  }

  /** Counts an item that is not used on purpose. */
  void leaveOut(String what) {
    leftOut.merge(what, 1, Integer::sum);
  }

  /**
   * Takes an utterance, unless its label is left out on purpose or something is wrong with it.
   *
   * @param raw label as the corpus writes it
   * @param file where the label stands
   * @param line line of the file, or 0
   */
  void add(Utterance.Builder utterance, String raw, String file, long line) {
    if (raw.isBlank()) {
      problem(file, line, utterance.id() + " has no label");
      return;
    }
    if (labels.leavesOut(raw)) {
      leaveOut(raw);
      return;
    }
    String mapped = labels.map(raw);
    if (mapped == null) {
      problem(
          file,
          line,
          "unknown label '%s' of %s (label map %s)".formatted(raw, utterance.id(), labels.name()));
      return;
    }
    String place = line > 0 ? file + ":" + line : file;
    String earlier = places.putIfAbsent(utterance.id(), place);
    if (earlier != null) {
      problem(file, line, "the id " + utterance.id() + " is taken by " + earlier);
    } else if (!Location.maybeExists(utterance.uri())) {
      problem(file, line, "the audio file '" + utterance.uri() + "' does not exist");
    } else {
      utterances.add(utterance.label(raw, mapped).build());
    }
  }

  boolean isEmpty() {
    return utterances.isEmpty() && problems.isEmpty() && leftOut.isEmpty();
  }

  /** A corpus with all labels of the map, whether they occur or not. */
  Corpus corpus() {
    return corpus(labels.mapped());
  }

  /** A corpus with the labels that occur. */
  Corpus corpusOfLabelsThatOccur() {
    return corpus(utterances.stream().map(Utterance::emotion).distinct().sorted().toList());
  }

  private Corpus corpus(List<String> used) {
    return new Corpus(name, used, utterances, problems, leftOut, labels.name());
  }
}
