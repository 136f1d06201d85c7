package io.gemoclap.training.fit;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which parameters of two towers move when only the upper layers of the encoders are trained. */
final class TrainedLayers {
  private static final Pattern LAYER =
      Pattern.compile("((?:audio|text)\\.encoder\\.layers?)\\.(\\d+)\\..*");

  /** The parts after all layers: a pre-norm encoder's last norm, and the mix of its layers. */
  private static final Set<String> ABOVE =
      Set.of(
          "audio.encoder.layer_norm.weight",
          "audio.encoder.layer_norm.bias",
          "audio.layer_weights");

  private TrainedLayers() {}

  /**
   * Names of what moves.
   *
   * @param names of all parameters
   * @param top transformer layers of each encoder, counted from its output; 0 for the projection
   *     heads and logit scales alone; null for everything, the convolutional front end included
   */
  static Set<String> of(Collection<String> names, Integer top) {
    if (top == null) {
      return new LinkedHashSet<>(names);
    }
    Map<String, Integer> layers = new HashMap<>();
    names.forEach(
        name -> {
          Matcher matcher = LAYER.matcher(name);
          if (matcher.matches()) {
            layers.merge(matcher.group(1), Integer.parseInt(matcher.group(2)) + 1, Math::max);
          }
        });
    Set<String> trained = new LinkedHashSet<>();
    for (String name : names) {
      Matcher matcher = LAYER.matcher(name);
      boolean moves =
          matcher.matches()
              ? Integer.parseInt(matcher.group(2)) >= layers.get(matcher.group(1)) - top
              : ABOVE.contains(name) ? top > 0 : !name.matches("(audio|text)\\..*");
      if (moves) {
        trained.add(name);
      }
    }
    return trained;
  }
}
