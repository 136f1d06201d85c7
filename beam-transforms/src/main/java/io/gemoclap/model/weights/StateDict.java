package io.gemoclap.model.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tensors in what a pickle holds: a state dict itself, or a training script's dictionary
 * with one state dict among counters and the state of an optimiser. Stateless.
 */
final class StateDict {
  private static final String REMEDY = "save only the model's state_dict()";

  private StateDict() {}

  /**
   * The tensors by name.
   *
   * @throws IllegalArgumentException for anything else, or for several state dicts
   */
  static Map<String, TensorRecord> tensors(@Nullable Object root) {
    if (!(root instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("it is not a dictionary; " + REMEDY);
    }
    Optional<Map<String, TensorRecord>> tensors = ofTensors(map);
    if (tensors.isPresent()) {
      return tensors.get();
    }
    Map<String, Map<String, TensorRecord>> nested = new TreeMap<>();
    map.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> content && !content.isEmpty()) {
            ofTensors(content).ifPresent(inner -> nested.put(String.valueOf(name), inner));
          }
        });
    if (nested.size() > 1) {
      throw new IllegalArgumentException(
          "it contains %s state dicts (%s); %s as one file"
              .formatted(nested.size(), Excerpt.names(nested.keySet()), REMEDY));
    }
    if (nested.isEmpty() || map.values().stream().anyMatch(TensorRecord.class::isInstance)) {
      throw new IllegalArgumentException(
          "its entry '" + otherEntry(map) + "' is not a tensor; " + REMEDY);
    }
    return nested.values().iterator().next();
  }

  private static Optional<Map<String, TensorRecord>> ofTensors(Map<?, ?> map) {
    Map<String, TensorRecord> tensors = new LinkedHashMap<>();
    for (Map.Entry<?, ?> each : map.entrySet()) {
      if (!(each.getKey() instanceof String name)
          || !(each.getValue() instanceof TensorRecord tensor)) {
        return Optional.empty();
      }
      tensors.put(name, tensor);
    }
    return Optional.of(tensors);
  }

  private static String otherEntry(Map<?, ?> map) {
    return map.entrySet().stream()
        .filter(e -> !(e.getKey() instanceof String) || !(e.getValue() instanceof TensorRecord))
        .map(e -> Excerpt.text(String.valueOf(e.getKey())))
        .findFirst()
        .orElseThrow();
  }
}
