package io.gemoclap.score;

import io.gemoclap.failure.FaultPolicy;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The classifiers that were used last, by model and prompts. A failure is remembered until it is
 * forgotten, so that not every embedding loads a model in vain. Not thread-safe.
 */
final class RecentClassifiers {
  private static final int KEPT = 4;

  private final Map<Key, EmotionClassifier> classifiers =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, EmotionClassifier> eldest) {
          return size() > KEPT;
        }
      };
  private final Map<Key, IOException> failures = new HashMap<>();

  private record Key(String bundle, String modelId, EmotionPrompts prompts) {}

  /**
   * Embeds the prompts, unless that was done lately.
   *
   * @throws IOException when the bundle cannot be fetched or loaded, is no longer that model, or
   *     does not take the prompts; the same until {@link #forgetFailures}
   */
  EmotionClassifier of(String bundle, String modelId, EmotionPrompts prompts) throws IOException {
    Key key = new Key(bundle, modelId, prompts);
    EmotionClassifier known = classifiers.get(key);
    if (known != null) {
      return known;
    }
    if (failures.containsKey(key)) {
      throw failures.get(key);
    }
    try {
      EmotionClassifier loaded = load(key);
      classifiers.put(key, loaded);
      return loaded;
    } catch (IOException e) {
      failures.put(key, e);
      throw e;
    }
  }

  void forgetFailures() {
    failures.clear();
  }

  private static EmotionClassifier load(Key key) throws IOException {
    EmotionClassifier loaded;
    try {
      loaded = EmotionClassifier.of(key.bundle, key.prompts);
    } catch (RuntimeException e) {
      FaultPolicy.throwIfOfWorker(e);
      throw new IOException("Model " + key.modelId + " cannot embed the labels: " + e, e);
    }
    if (!loaded.modelId().equals(key.modelId)) {
      throw new IOException("Bundle '%s' is now model %s".formatted(key.bundle, loaded.modelId()));
    }
    return loaded;
  }
}
