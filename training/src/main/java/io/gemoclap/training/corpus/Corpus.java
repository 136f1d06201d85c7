package io.gemoclap.training.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A corpus that has been read.
 *
 * @param name as reports name it
 * @param labels emotion labels, in the order of every output
 * @param utterances all utterances, in a fixed order
 */
public record Corpus(String name, List<String> labels, List<Utterance> utterances) {

  /** Copies the lists and refuses an empty corpus. */
  public Corpus {
    labels = List.copyOf(labels);
    utterances = List.copyOf(utterances);
    if (utterances.isEmpty()) {
      throw new IllegalArgumentException("Corpus " + name + " has no utterance");
    }
  }

  /**
   * Reads a corpus given as {@code <kind>:<folder>}.
   *
   * @throws IllegalArgumentException when the spec names no known kind or no folder
   */
  public static Corpus read(String spec) throws IOException {
    int colon = spec.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          "A corpus is given as <kind>:<folder>, for example emodb:/data/emodb, not '"
              + spec
              + "'");
    }
    String kind = spec.substring(0, colon);
    Path folder = Path.of(spec.substring(colon + 1));
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("The corpus folder '" + folder + "' does not exist");
    }
    if (kind.equals("emodb")) {
      return EmoDb.read(folder);
    }
    throw new IllegalArgumentException("Unknown corpus kind '" + kind + "'; known: emodb");
  }
}
