package io.gemoclap.cli.benchmark;

import io.gemoclap.bundle.Bundles;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureNormalizer;
import io.gemoclap.model.Precision;
import io.gemoclap.model.SharedModels;
import io.gemoclap.model.SpeechModel;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * How fast a model embeds by the size of its batches, in both precisions, on the CPU or a GPU:
 * seconds of speech in a second of wall time, which is what a GPU is bought for. On a GPU also with
 * two batches at once, as {@code EmbedSpeech} runs them.
 *
 * @param model URI of the bundle
 * @param gpu whether to use the first GPU
 * @param largest of the batches, which double from 1
 * @param rounds that count for each size; one before them warms up
 */
public record BatchSweep(String model, boolean gpu, int largest, int rounds) {
  private static final double CLIP_SECONDS = 10;

  /** Until the JVM has compiled what launches operations, a GPU waits for it. */
  private static final double WARM_UP_SECONDS = 2;

  /** Measures, and prints a row for each precision and size. */
  public void run(PrintStream out) throws IOException {
    out.printf(
        Locale.ROOT,
        "%-10s %6s %8s %12s %12s %12s%n",
        "precision",
        "batch",
        "at once",
        "audio s / s",
        "least",
        "most");
    for (Precision precision : Precision.values()) {
      try (SharedModels.Lease lease = SharedModels.acquire(Bundles.open(model), gpu, precision)) {
        warmUp(lease.model());
        for (int size = 1; size <= largest; size *= 2) {
          for (int atOnce = 1; atOnce <= (gpu ? 2 : 1); atOnce++) {
            BenchmarkReport.Series rate = rate(lease.model(), size, atOnce);
            out.printf(
                Locale.ROOT,
                "%-10s %6d %8d %12.1f %12.1f %12.1f%n",
                precision,
                size,
                atOnce,
                rate.median(),
                rate.min(),
                rate.max());
          }
        }
      }
    }
  }

  private static void warmUp(SpeechModel loaded) {
    List<FeatureMatrix> batch = List.of(noise(loaded));
    long start = System.nanoTime();
    do {
      loaded.embedSpeech(batch);
    } while (System.nanoTime() - start < WARM_UP_SECONDS * 1e9);
  }

  private BenchmarkReport.Series rate(SpeechModel loaded, int size, int atOnce) {
    List<FeatureMatrix> batch = Collections.nCopies(size, noise(loaded));
    List<Double> rates = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      long start = System.nanoTime();
      List<CompletableFuture<Void>> others = new ArrayList<>();
      for (int other = 1; other < atOnce; other++) {
        others.add(CompletableFuture.runAsync(() -> loaded.embedSpeech(batch)));
      }
      loaded.embedSpeech(batch);
      others.forEach(CompletableFuture::join);
      double seconds = (System.nanoTime() - start) / 1e9;
      if (round > 0) {
        rates.add(atOnce * size * CLIP_SECONDS / seconds);
      }
    }
    return new BenchmarkReport.Series("batch " + size, rates);
  }

  private static FeatureMatrix noise(SpeechModel loaded) {
    var spec = loaded.manifest().featureSpec();
    SplittableRandom random = new SplittableRandom(1);
    return FeatureNormalizer.alone(
        loaded.manifest().normalization(),
        spec.extractor().extract(Clip.noise(random, CLIP_SECONDS, spec.sampleRate())));
  }
}
