package io.gemoclap.score;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.failure.FaultPolicy;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The classifiers that were used last, by model and prompts. A failure is remembered until it is
 * forgotten, so that a failing model is not loaded for every embedding. Not thread-safe.
 */
final class RecentClassifiers {
  private static final int KEPT = 4;

  private final Cache<Key, EmotionClassifier> classifiers =
      CacheBuilder.newBuilder().maximumSize(KEPT).concurrencyLevel(1).build();
  private final Map<Key, IOException> failures = new HashMap<>();

  private record Key(BundleRef model, EmotionPrompts prompts) {}

  /**
   * Embeds the prompts, unless that was done lately.
   *
   * @throws IOException when the bundle cannot be fetched or loaded, is no longer that model, or
   *     does not take the prompts; the same until {@link #forgetFailures}
   * @throws io.gemoclap.failure.WorkerFaultException when the worker is at fault, which is not
   *     remembered
   */
  EmotionClassifier of(BundleRef model, EmotionPrompts prompts) throws IOException {
    Key key = new Key(model, prompts);
    EmotionClassifier known = classifiers.getIfPresent(key);
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
    try {
      return EmotionClassifier.of(key.model, key.prompts);
    } catch (IOException e) {
      FaultPolicy.throwIfOfWorker(e);
      throw e;
    } catch (RuntimeException e) {
      FaultPolicy.throwIfOfWorker(e);
      throw new IOException("Model " + key.model + " cannot embed the labels: " + e, e);
    }
  }
}
