package io.gemoclap.model.weights;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Finds where an encoder is in the names of a larger model's tensors: in a task model ({@code
 * wav2vec2.}), a training script's module ({@code module.ssl_model.}) or nothing around it (an
 * empty prefix). Stateless.
 *
 * @hidden
 */
@Internal
public final class EncoderPrefix {
  private EncoderPrefix() {}

  /**
   * The one prefix under which a checkpoint has all required tensors; if it has them under none,
   * the prefix with most of them, so that a caller can say what is missing.
   *
   * @param required names of the encoder's own tensors
   * @return ends with a dot, or is empty
   * @throws IllegalArgumentException when there are several such prefixes, naming them
   */
  public static String find(Set<String> names, Set<String> required) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String name : names) {
      String spelt = TensorNames.spelling(name);
      for (int start = 0; start >= 0; start = next(spelt, start)) {
        int found = found(spelt.substring(start), required);
        if (found > 0) {
          counts.merge(spelt.substring(0, start), found, Integer::sum);
        }
      }
    }
    List<String> whole =
        counts.entrySet().stream()
            .filter(each -> each.getValue() >= required.size())
            .map(Map.Entry::getKey)
            .toList();
    if (whole.size() > 1) {
      throw new IllegalArgumentException(
          "the file of weights contains the encoder %s times, below %s; load it in Python and save"
                  .formatted(
                      whole.size(), Excerpt.names(whole.stream().map(p -> "'" + p + "'").toList()))
              + " the state_dict() of the one to import");
    }
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  private static int next(String name, int start) {
    int dot = name.indexOf('.', start);
    return dot < 0 ? -1 : dot + 1;
  }

  /** How many required tensors a name provides: a folded weight provides its two factors. */
  private static int found(String name, Set<String> required) {
    if (required.contains(name)) {
      return 1;
    }
    return required.contains(FoldedWeightNorm.length(name)) ? 2 : 0;
  }
}
