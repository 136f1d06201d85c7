package io.gemoclap.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.Outcome;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.features.SpeechFeaturesCoder;
import io.gemoclap.model.GEmoClap;
import io.gemoclap.model.SharedModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Batches of the bundled model: whose results they give, in which window, and at whose cost. */
@ExtendWith(TestPipelineExtension.class)
final class EmbedSpeechIT {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static SharedModels.Lease lease;
  private static int dims;

  /** Keeps the model in memory from test to test. */
  @BeforeAll
  static void load() throws IOException {
    lease = SharedModels.acquire(LocalBundles.fetch(LocalBundles.BUNDLED), false);
    dims = lease.model().manifest().featureSpec().extractor().dims();
  }

  @AfterAll
  static void free() {
    lease.close();
  }

  private static SpeechFeatures features(int index, int columns, float scale) {
    float[] values = new float[columns];
    Random random = new Random(index);
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * (float) random.nextGaussian();
    }
    return new SpeechFeatures(
        new SegmentRef("call-" + index, 0, 0, 1 + index, Map.of()),
        FeatureMatrix.of(1, columns, values));
  }

  private static SpeechFeatures features(int index) {
    return features(index, dims, 1);
  }

  private static Create.Values<SpeechFeatures> of(List<SpeechFeatures> items) {
    return Create.of(items).withCoder(SpeechFeaturesCoder.of());
  }

  private static final class Place extends DoFn<SpeechEmbedding, String> {
    @ProcessElement
    public void process(
        @Element SpeechEmbedding embedding,
        @Timestamp Instant timestamp,
        BoundedWindow window,
        OutputReceiver<String> out) {
      out.output(place(embedding.ref().recording(), timestamp, ((IntervalWindow) window).start()));
    }
  }

  private static String place(String recording, Instant timestamp, Instant windowStart) {
    return recording + " at " + timestamp + " in " + windowStart;
  }

  /** Later elements come first, so that every batch holds earlier ones than its trigger. */
  @Test
  void resultsOfMixedBatchesKeepTheirOwnTimestampAndWindow(TestPipeline pipeline) {
    Duration minute = Duration.standardMinutes(1);
    List<TimestampedValue<SpeechFeatures>> items = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Instant timestamp = NOON.plus(Duration.standardSeconds((i * 37) % 180));
      items.add(TimestampedValue.of(features(i), timestamp));
      long start = timestamp.getMillis() / minute.getMillis() * minute.getMillis();
      expected.add(place("call-" + i, timestamp, Instant.ofEpochMilli(start)));
    }

    PCollection<String> places =
        pipeline
            .apply(Create.timestamped(items).withCoder(SpeechFeaturesCoder.of()))
            .apply(Window.into(FixedWindows.of(minute)))
            .apply(EmbedSpeech.with(LocalBundles.BUNDLED).withMaxBatchSize(2))
            .results()
            .apply(ParDo.of(new Place()));

    PAssert.that(places).containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void poisonedMatricesFailAloneAndTheirNeighboursKeepTheirVectors(TestPipeline pipeline) {
    float[] nan = features(90).matrix().values().clone();
    nan[3] = Float.NaN;
    SegmentRef poisoned = new SegmentRef("nan", 0, 2.5, 9, Map.of());
    List<SpeechFeatures> items = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      items.add(features(i));
    }
    items.add(new SpeechFeatures(poisoned, FeatureMatrix.of(1, dims, nan)));
    items.add(features(70, dims - 1, 1));
    items.add(features(80, dims + 5, 1));

    Outcome<SpeechEmbedding> outcome =
        pipeline.apply(of(items)).apply(EmbedSpeech.with(LocalBundles.BUNDLED));

    PAssert.that(
            outcome
                .failures()
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(f -> f.getStage() + " " + f.getKindName() + " " + f.getItem())))
        .containsInAnyOrder(
            "EmbedSpeech MODEL nan#0:2500-9000",
            "EmbedSpeech MODEL call-70#0:0-71000",
            "EmbedSpeech MODEL call-80#0:0-81000");
    PAssert.that(outcome.results())
        .satisfies(
            embeddings -> {
              int count = 0;
              for (SpeechEmbedding embedding : embeddings) {
                int index = Integer.parseInt(embedding.ref().recording().substring(5));
                assertVector(alone(index), embedding.vector());
                count++;
              }
              assertEquals(9, count);
              return null;
            });
    PAssert.that(outcome.failures()).satisfies(EmbedSpeechIT::saysWhy);
    pipeline.run().waitUntilFinish();
  }

  private static Void saysWhy(Iterable<Failure> failures) {
    failures.forEach(f -> assertTrue(f.getMessage().length() > 30, f.getMessage()));
    return null;
  }

  private static float[] alone(int index) {
    GEmoClap model = lease.model();
    return model.embedSpeech(List.of(features(index).matrix()))[0];
  }

  private static void assertVector(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    for (int d = 0; d < expected.length; d++) {
      assertEquals(expected[d], actual[d], 1e-4);
    }
  }

  private long batches(TestPipeline pipeline, EmbedSpeech embed) {
    List<SpeechFeatures> items = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      items.add(features(i));
    }
    pipeline.apply(of(items)).apply(embed);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    DistributionResult latency =
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(
                        MetricNameFilter.named("EmbedSpeech", "inference_batch_latency_micro_secs"))
                    .build())
            .getDistributions()
            .iterator()
            .next()
            .getCommitted();
    return latency.getCount();
  }

  @Test
  void maxBatchSizeOfOneMakesABatchOfEverySegment(TestPipeline pipeline) {
    assertEquals(12, batches(pipeline, EmbedSpeech.with(LocalBundles.BUNDLED).withMaxBatchSize(1)));
  }

  @Test
  void maxBatchSecondsBelowTheShortestMakesABatchOfEverySegment(TestPipeline pipeline) {
    assertEquals(
        12, batches(pipeline, EmbedSpeech.with(LocalBundles.BUNDLED).withMaxBatchSeconds(0.5)));
  }

  @Test
  void defaultBatchesHoldSeveralSegments(TestPipeline pipeline) {
    assertTrue(batches(pipeline, EmbedSpeech.with(LocalBundles.BUNDLED)) < 12);
  }
}
