package io.gemoclap.cli.adapt;

import io.gemoclap.training.adapt.Clip;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The clips to adapt to, and what became of all other answers. Immutable.
 *
 * @param clips with features
 * @param report sentences about what was found and what is not used
 * @param unknownLabels words that mean none of the model's labels, and how many clips have them
 */
record LabelledClips(List<Clip> clips, List<String> report, Map<String, Integer> unknownLabels) {
  /** Copies the collections. */
  LabelledClips {
    clips = List.copyOf(clips);
    report = List.copyOf(report);
    unknownLabels = new TreeMap<>(unknownLabels);
  }

  /** A number and a noun, such as "1 clip" and "2 clips". */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
