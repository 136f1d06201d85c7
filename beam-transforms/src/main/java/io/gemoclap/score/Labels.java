package io.gemoclap.score;

import com.google.common.hash.Hashing;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The labels to choose from, in the order of every output. Immutable.
 *
 * <p>Two spellings of one label would share its probability and halve the confidence. So labels
 * must differ in more than case, spaces, invisible characters and the Unicode form of the same
 * letters.
 *
 * @param labels distinct and not blank, two at least
 */
public record Labels(List<String> labels) implements Serializable {
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

  /** Format characters, such as a zero-width space or a byte order mark. */
  private static final Pattern IGNORED = Pattern.compile("\\p{Cf}+");

  /** Checks the labels; the message names the one at fault. */
  public Labels {
    labels = labels.stream().map(String::strip).toList();
    Map<String, String> seen = new HashMap<>();
    for (String label : labels) {
      String spelling = spelling(label);
      if (spelling.isEmpty()) {
        throw new IllegalArgumentException("Labels " + labels + " contain an empty label");
      }
      String same = seen.putIfAbsent(spelling, label);
      if (same != null) {
        throw new IllegalArgumentException(
            same.equals(label)
                ? "Label '" + label + "' is given twice"
                : "Labels '" + same + "' and '" + label + "' are one label in two spellings");
      }
    }
    if (labels.size() < 2) {
      throw new IllegalArgumentException(
          "Labels " + labels + " are fewer than two: give two or more, such as angry,calm");
    }
  }

  /** The normal form of a label, equal for all of its spellings. */
  private static String spelling(String label) {
    String letters =
        IGNORED.matcher(Normalizer.normalize(label, Normalizer.Form.NFKC)).replaceAll("");
    String folded = letters.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(SPACES.matcher(folded).replaceAll(" "), Normalizer.Form.NFKC)
        .strip();
  }

  /** Labels separated by commas. */
  public static Labels parse(String commaSeparated) {
    return new Labels(Arrays.asList(commaSeparated.split(",", -1)));
  }

  /** A short digest of labels and templates: equal ids mean comparable probabilities. */
  public String id(PromptTemplates templates) {
    String content = String.join("\n", labels) + "\n\n" + String.join("\n", templates.templates());
    return Hashing.sha256().hashString(content, StandardCharsets.UTF_8).toString().substring(0, 8);
  }
}
