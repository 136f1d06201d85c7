package io.gemoclap.score;

import com.google.common.hash.Hashing;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The labels to choose from, in the order of every output. Immutable.
 *
 * @param labels distinct and not blank, two at least
 */
public record LabelSet(List<String> labels) implements Serializable {

  /** Checks the labels; the message names the one at fault. */
  public LabelSet {
    labels = labels.stream().map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    for (String label : labels) {
      if (label.isEmpty()) {
        throw new IllegalArgumentException("Labels " + labels + " contain an empty one");
      }
      if (!seen.add(label)) {
        throw new IllegalArgumentException("Label '" + label + "' is given twice");
      }
    }
    if (labels.size() < 2) {
      throw new IllegalArgumentException(
          "Labels " + labels + " leave nothing to choose: give two or more, as in angry,calm");
    }
  }

  /** Labels separated by commas. */
  public static LabelSet parse(String commaSeparated) {
    return new LabelSet(Arrays.asList(commaSeparated.split(",", -1)));
  }

  /** A short digest of labels and templates: equal ids mean comparable probabilities. */
  public String id(PromptTemplates templates) {
    String content = String.join("\n", labels) + "\n\n" + String.join("\n", templates.templates());
    return Hashing.sha256().hashString(content, StandardCharsets.UTF_8).toString().substring(0, 8);
  }
}
