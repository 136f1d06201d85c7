package io.gemoclap.corrections;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The answers of several people. A person's latest answer about a segment counts, by its time; of
 * two at the same time, the one that is read later. A withdrawn answer counts as none. Immutable.
 */
public final class Corrections {
  private final Map<String, Map<String, Correction>> answers;
  private final UnaryOperator<String> meaning;
  private final List<String> skipped;

  private Corrections(
      Map<String, Map<String, Correction>> answers,
      UnaryOperator<String> meaning,
      List<String> skipped) {
    this.answers = answers;
    this.meaning = meaning;
    this.skipped = skipped;
  }

  /** Whether a file of this name holds corrections, if it lies in a folder of results. */
  public static boolean isFile(String name) {
    return name.matches("corrections.*\\.jsonl");
  }

  /** The files with corrections in a folder of results, by name; each person may have one. */
  public static List<Path> filesIn(Path results) throws IOException {
    try (Stream<Path> files = Files.list(results)) {
      return files.filter(file -> isFile(file.getFileName().toString())).sorted().toList();
    }
  }

  /**
   * Reads and merges files. Labels are the same if they differ in case and surrounding space only.
   *
   * @throws IOException naming the file that cannot be read, and the line that holds no answer
   */
  public static Corrections read(List<Path> files) throws IOException {
    return read(files, UnaryOperator.identity());
  }

  /**
   * Reads and merges files.
   *
   * @param meaning one word for all words of the same meaning, such as "happiness" for "joy"; it
   *     takes words in lower case without surrounding space
   * @throws IOException naming the file that cannot be read, and the line that holds no answer
   */
  public static Corrections read(List<Path> files, UnaryOperator<String> meaning)
      throws IOException {
    List<Correction> corrections = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (Path file : files) {
      CorrectionLines.read(file, corrections, skipped::add);
    }
    return merge(corrections, meaning, skipped);
  }

  /** Merges answers that are in memory, in the order in which they were given. */
  public static Corrections of(List<Correction> corrections, UnaryOperator<String> meaning) {
    return merge(corrections, meaning, List.of());
  }

  private static Corrections merge(
      List<Correction> corrections, UnaryOperator<String> meaning, List<String> skipped) {
    Map<String, Map<String, Correction>> latest = new LinkedHashMap<>();
    for (Correction correction : corrections) {
      latest
          .computeIfAbsent(correction.segmentId(), id -> new TreeMap<>())
          .merge(
              correction.by(),
              correction,
              (before, after) -> after.at().isBefore(before.at()) ? before : after);
    }
    latest.values().forEach(of -> of.values().removeIf(c -> c.answer() == Answer.WITHDRAWN));
    latest.values().removeIf(Map::isEmpty);
    return new Corrections(latest, meaning, List.copyOf(skipped));
  }

  /** The segments that have an answer, in the order of their first answers. */
  public Set<String> segments() {
    return Collections.unmodifiableSet(answers.keySet());
  }

  /** The people whose answers count, in the order of their names. */
  public Set<String> people() {
    Set<String> people = new TreeSet<>();
    answers.values().forEach(of -> people.addAll(of.keySet()));
    return people;
  }

  /** The answers about a segment, one a person, in the order of their names; none if unknown. */
  public List<Correction> answers(String segmentId) {
    return List.copyOf(answers.getOrDefault(segmentId, Map.of()).values());
  }

  /**
   * What most people say about a segment. Nobody's answer that they are unsure counts.
   *
   * @return empty if nobody judged the segment, or if two answers have the most votes
   */
  public Optional<Consensus> consensus(String segmentId) {
    Map<String, Integer> votes = new TreeMap<>();
    Map<String, Correction> examples = new TreeMap<>();
    int voters = 0;
    for (Correction correction : answers(segmentId)) {
      if (judges(correction)) {
        votes.merge(category(correction), 1, Integer::sum);
        examples.putIfAbsent(category(correction), correction);
        voters++;
      }
    }
    int most = votes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    List<String> winners = votes.keySet().stream().filter(c -> votes.get(c) == most).toList();
    if (winners.size() != 1) {
      return Optional.empty();
    }
    Correction example = examples.get(winners.get(0));
    String label = example.answer() == Answer.LABEL ? meaning(example.label()) : "";
    return Optional.of(new Consensus(example.answer(), label, most, voters));
  }

  /** How far the people agree, over the segments that several of them judged. */
  public Agreement agreement() {
    List<Map<String, String>> judged = new ArrayList<>();
    for (Map<String, Correction> of : answers.values()) {
      Map<String, String> categories = new TreeMap<>();
      of.forEach(
          (person, correction) -> {
            if (judges(correction)) {
              categories.put(person, category(correction));
            }
          });
      judged.add(categories);
    }
    return Agreement.of(judged);
  }

  /** A sentence for each line that was skipped because a killed process left it incomplete. */
  public List<String> skipped() {
    return skipped;
  }

  /** The word that stands for a label and all labels of the same meaning. */
  public String meaning(String label) {
    return meaning.apply(label.strip().toLowerCase(Locale.ROOT));
  }

  private static boolean judges(Correction correction) {
    return correction.answer() == Answer.LABEL || correction.answer() == Answer.NOT_SPEECH;
  }

  private String category(Correction correction) {
    // "label:" keeps a label that reads "not speech" apart from the answer.
    return correction.answer() == Answer.LABEL
        ? "label:" + meaning(correction.label())
        : "not_speech";
  }
}
