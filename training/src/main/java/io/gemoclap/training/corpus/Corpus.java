package io.gemoclap.training.corpus;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A corpus that has been read.
 *
 * @param name as reports name it
 * @param labels emotion labels, in the order of every output
 * @param utterances all utterances, in a fixed order
 * @param problems what could not be used, in the order in which it was found
 * @param leftOut what is not used on purpose, and how often it occurs
 * @param labelMap name of the map that gave the labels; empty where there was none
 * @param unmapped utterances whose raw label the label map does not know; each has a problem too,
 *     and an id that no other utterance has
 */
public record Corpus(
    String name,
    List<String> labels,
    List<Utterance> utterances,
    List<Problem> problems,
    Map<String, Integer> leftOut,
    String labelMap,
    List<Unmapped> unmapped) {
  /** All kinds of corpora, for messages. */
  public static final String KINDS =
      "emodb, iemocap, ravdess, crema-d, tess, savee, msp-podcast, csv, nemo, lhotse, audiofolder";

  private static final int SHOWN = 5;

  /** Copies the lists; rejects a corpus with neither utterances nor problems. */
  public Corpus {
    labels = List.copyOf(labels);
    utterances = List.copyOf(utterances);
    problems = List.copyOf(problems);
    leftOut = Map.copyOf(leftOut);
    unmapped = List.copyOf(unmapped);
    if (utterances.isEmpty() && problems.isEmpty()) {
      throw new IllegalArgumentException("Corpus " + name + " has no utterance");
    }
  }

  /** A corpus in which nothing is wrong. */
  public Corpus(String name, List<String> labels, List<Utterance> utterances) {
    this(name, labels, utterances, List.of(), Map.of(), "", List.of());
  }

  /**
   * An utterance whose raw label the label map does not know.
   *
   * @param utterance without a mapped label; its audio may be missing
   * @param problem what {@link #problems} says of it
   */
  public record Unmapped(Utterance utterance, Problem problem) {}

  /**
   * Reads a corpus given as {@code <kind>:<folder or file>}, to be trained on.
   *
   * @throws IllegalArgumentException when the spec names no known kind or nothing that exists
   * @throws IOException when anything in the corpus cannot be used, naming the first problems
   */
  public static Corpus read(String spec) throws IOException {
    Corpus corpus = inspect(spec);
    int count = corpus.problems().size();
    if (count > 0) {
      throw new IOException(
          corpus.problems().stream()
              .limit(SHOWN)
              .map(Problem::toString)
              .collect(
                  Collectors.joining(
                      "; ",
                      "The corpus %s has %s problem%s: "
                          .formatted(spec, count, count == 1 ? "" : "s"),
                      count <= SHOWN
                          ? ""
                          : "; and %s more, which 'gemoclap corpus inspect %s' lists"
                              .formatted(count - SHOWN, spec))));
    }
    return corpus;
  }

  /**
   * Reads all usable utterances and reports the rest in {@link #problems}.
   *
   * @throws IllegalArgumentException when the spec names no known kind or nothing that exists
   * @throws IOException when the corpus as a whole is not what its kind says
   */
  public static Corpus inspect(String spec) throws IOException {
    return Kinds.read(spec);
  }
}
