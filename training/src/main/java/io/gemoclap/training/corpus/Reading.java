package io.gemoclap.training.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.table.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Collects what one corpus yields, in one place for all kinds: utterances and problems. */
final class Reading {
  private final String name;
  private final LabelMap labels;
  private final List<Utterance> utterances = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Integer> leftOut = new TreeMap<>();
  private final Map<String, Corpus.Unmapped> unmapped = new LinkedHashMap<>();
  private final Map<String, String> places = new HashMap<>();

  /** Local audio files that the corpus says something about. */
  private final Set<Path> described = new HashSet<>();

  Reading(String name, LabelMap labels) {
    this.name = name;
    this.labels = labels;
  }

  /** Reads JSON Lines; lines that hold no object become problems. */
  void jsonLines(String uri, JsonLines.Each<JsonNode> each) throws IOException {
    JsonLines.read(
        Location.text(uri),
        JsonNode.class,
        (node, line) -> {
          if (node.isObject()) {
            each.accept(node, line);
          } else {
            problem(uri, line, "the line is not a JSON object");
          }
        },
        (line, why) -> problem(uri, line, "the line is not JSON: " + why));
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
   * @param file the file with the label
   * @param line line of the file, or 0
   */
  void add(Utterance.Builder utterance, String raw, String file, long line) {
    if (Location.isLocal(utterance.uri())) {
      described.add(absolute(Path.of(utterance.uri())));
    }
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
      Problem unknown =
          new Problem(
              file,
              line,
              "unknown label '%s' of %s (label map %s)"
                  .formatted(raw, utterance.id(), labels.name()));
      problems.add(unknown);
      Corpus.Unmapped item = new Corpus.Unmapped(utterance.label(raw, "").build(), unknown);
      unmapped.putIfAbsent(utterance.id(), item);
      return;
    }
    String place = line > 0 ? file + ":" + line : file;
    String earlier = places.putIfAbsent(utterance.id(), place);
    if (earlier != null) {
      problem(file, line, "the id " + utterance.id() + " is already used by " + earlier);
    } else if (!Location.maybeExists(utterance.uri())) {
      problem(file, line, "the audio file '" + utterance.uri() + "' does not exist");
    } else {
      utterances.add(utterance.label(raw, mapped).build());
    }
  }

  /**
   * Makes a problem of each audio file that no utterance was added for, whatever became of that.
   *
   * @param files audio files of the corpus
   * @param message what is wrong with the others
   */
  void requireDescribed(List<Path> files, String message) {
    for (Path file : files) {
      if (!describes(file)) {
        problem(file.toString(), 0, message);
      }
    }
  }

  /** Whether an utterance was added for an audio file, whatever became of it. */
  boolean describes(Path file) {
    return described.contains(absolute(file));
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
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
    unmapped.keySet().removeAll(places.keySet());
    return new Corpus(
        name, used, utterances, problems, leftOut, labels.name(), List.copyOf(unmapped.values()));
  }
}
