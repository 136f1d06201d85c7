package io.gemoclap.cli;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.GEmoClap;
import java.util.Collections;
import java.util.List;

/**
 * How fast a model embeds equal clips on this machine, features excluded.
 *
 * @param batch clips in a batch
 * @param clipsPerSecond clips embedded in a second
 */
record EmbeddingSpeed(int batch, double clipsPerSecond) {
  private static final double NANOS = 1e9;

  /** Embeds for at least {@code seconds}, after one batch to warm up, on the calling thread. */
  static EmbeddingSpeed measure(GEmoClap model, FeatureMatrix clip, int batch, double seconds) {
    List<FeatureMatrix> clips = Collections.nCopies(batch, clip);
    model.embedSpeech(clips);
    long done = 0;
    double elapsed;
    long start = System.nanoTime();
    do {
      done += model.embedSpeech(clips).length;
      elapsed = (System.nanoTime() - start) / NANOS;
    } while (elapsed < seconds);
    return new EmbeddingSpeed(batch, (double) done / elapsed);
  }
}
