package io.gemoclap.model;

import io.gemoclap.features.FeatureMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The process that {@link PredictionMemoryIT} watches: embeds, and prints its memory in KiB. */
final class PredictionLoop {
  private static final int WARM_UP = 600;
  private static final int CALLS = 2_000;

  private PredictionLoop() {}

  /** Takes the folder of a bundle. */
  public static void main(String[] arguments) throws IOException {
    TorchEngine.start();
    try (GEmoClap model = GEmoClap.load(ModelBundle.open(Path.of(arguments[0])))) {
      embed(model, WARM_UP);
      long before = residentKib();
      embed(model, CALLS);
      System.out.println("RSS " + before + " " + residentKib());
    }
  }

  private static void embed(GEmoClap model, int calls) {
    for (int i = 0; i < calls; i++) {
      List<FeatureMatrix> batch = Fixtures.speech(i, 300 - i % 3, 120, 40);
      check(model.embedSpeech(batch), batch.size());
      check(model.embedText(Fixtures.SENTENCES), Fixtures.SENTENCES.size());
    }
  }

  private static void check(float[][] vectors, int size) {
    if (vectors.length != size || vectors[0].length != Fixtures.DIMS) {
      throw new IllegalStateException("a batch gave " + vectors.length + " vectors");
    }
  }

  private static long residentKib() throws IOException {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("/proc/self/status names no VmRSS");
  }
}
