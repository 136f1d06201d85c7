package io.gemoclap.cli.benchmark;

import com.google.common.collect.Lists;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.features.FeatureExtractor;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureNormalizer;
import io.gemoclap.features.FeatureOrigin;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.features.SpeechFeaturesCoder;
import io.gemoclap.model.SharedModels;
import io.gemoclap.model.SpeechModel;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;

/**
 * What batches by length are worth: {@link EmbedSpeech} over segments of 1 to 15 s in no order,
 * against the same model fed with batches in the order of arrival, each padded to its longest.
 * Starting and stopping the pipeline count against the first.
 *
 * @param model URI of the bundle
 * @param segments how many
 * @param batch segments in a batch
 * @param rounds that count, each measuring both; one before them warms up
 * @param options of the pipeline's runner
 */
public record MixedLengths(
    String model, int segments, int batch, int rounds, PipelineOptions options) {
  private static final double SHORTEST = 1;
  private static final double LONGEST = 15;

  /** Measures, and prints a line for each round and the ratio's median. */
  public void run(Consumer<String> log, PrintStream out) throws IOException {
    try (SharedModels.Lease lease = SharedModels.acquire(Bundles.open(model), false)) {
      List<SpeechFeatures> arriving = noise(lease.model());
      double seconds = arriving.stream().mapToDouble(f -> f.ref().seconds()).sum();
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round <= rounds; round++) {
        log.accept(round == 0 ? "Warming up" : "Round " + round + " of " + rounds);
        double naive = inOrder(lease.model(), arriving);
        double sorted = throughBeam(arriving);
        if (round > 0) {
          ratios.add(naive / sorted);
          out.printf(
              Locale.ROOT,
              "%d segments, %.0f s: arrival order %.1f CPU s, EmbedSpeech %.1f CPU s%n",
              segments,
              seconds,
              naive,
              sorted);
        }
      }
      BenchmarkReport.Series ratio = new BenchmarkReport.Series("ratio", ratios);
      out.printf(
          Locale.ROOT,
          "throughput of EmbedSpeech : arrival order, batches of %d: median %.2f (%.2f to %.2f)%n",
          batch,
          ratio.median(),
          ratio.min(),
          ratio.max());
    }
  }

  private List<SpeechFeatures> noise(SpeechModel loaded) {
    var spec = loaded.manifest().featureSpec();
    var normalization = loaded.manifest().normalization();
    FeatureExtractor extractor = spec.extractor();
    SplittableRandom random = new SplittableRandom(1);
    List<SpeechFeatures> all = new ArrayList<>();
    for (int i = 0; i < segments; i++) {
      double seconds = SHORTEST + random.nextDouble() * (LONGEST - SHORTEST);
      all.add(
          new SpeechFeatures(
              new SegmentRef("noise-" + i, 0, 0, seconds, Map.of()),
              FeatureNormalizer.alone(
                  normalization, extractor.extract(Clip.noise(random, seconds, spec.sampleRate()))),
              FeatureOrigin.of(spec, normalization)));
    }
    return all;
  }

  private double inOrder(SpeechModel loaded, List<SpeechFeatures> arriving) {
    List<FeatureMatrix> matrices = arriving.stream().map(SpeechFeatures::matrix).toList();
    double start = Task.cpu();
    Lists.partition(matrices, batch).forEach(loaded::embedSpeech);
    return Task.cpu() - start;
  }

  private double throughBeam(List<SpeechFeatures> arriving) throws IOException {
    double start = Task.cpu();
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Segments", Create.of(arriving).withCoder(SpeechFeaturesCoder.of()))
        .apply("EmbedSpeech", EmbedSpeech.with(model).withMaxBatchSize(batch));
    pipeline.run().waitUntilFinish();
    return Task.cpu() - start;
  }
}
