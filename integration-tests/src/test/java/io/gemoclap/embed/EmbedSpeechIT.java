package io.gemoclap.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.BundledCopy;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.Outcome;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureOrigin;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.features.SpeechFeaturesCoder;
import io.gemoclap.model.SharedModels;
import io.gemoclap.model.SpeechModel;
import io.gemoclap.refresh.NewestValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Batches of the bundled model: whose results they give, in which window, and at whose cost. */
@ExtendWith(TestPipelineExtension.class)
final class EmbedSpeechIT {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static SharedModels.Lease lease;
  private static BundleRef bundled;
  private static int dims;
  private static FeatureOrigin origin;

  /** Keeps the model in memory from test to test. */
  @BeforeAll
  static void load() throws IOException {
    bundled = Bundles.resolve(Bundles.BUNDLED);
    lease = SharedModels.acquire(Bundles.open(bundled), false);
    FeatureSpec spec = lease.model().manifest().featureSpec();
    NormalizationSpec normalization = lease.model().manifest().normalization();
    dims = normalization.outputDims();
    origin = FeatureOrigin.of(spec, normalization);
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
        FeatureMatrix.of(1, columns, values),
        origin);
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
            .apply(EmbedSpeech.with(bundled).withMaxBatchSize(2))
            .results()
            .apply(ParDo.of(new Place()));

    PAssert.that(places).containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  private static TimestampedValue<SpeechFeatures> at(int second, int index) {
    return TimestampedValue.of(features(index), NOON.plus(Duration.standardSeconds(second)));
  }

  private static String placeAt(int index, int second) {
    Instant time = NOON.plus(Duration.standardSeconds(second));
    return place("call-" + index, time, time.minus(Duration.standardSeconds(second % 60)));
  }

  /** The second group holds an element of an open, a closing and a closed window each. */
  @Test
  void unboundedAndLateElementsKeepTheirTimestampAndWindowToo(TestPipeline pipeline) {
    Duration minute = Duration.standardMinutes(1);
    TestStream<SpeechFeatures> stream =
        TestStream.create(SpeechFeaturesCoder.of())
            .advanceWatermarkTo(NOON)
            .addElements(at(70, 0), at(5, 1), at(130, 2))
            .advanceWatermarkTo(NOON.plus(Duration.standardSeconds(90)))
            .addElements(at(135, 3), at(80, 4), at(10, 5), at(100, 6))
            .advanceWatermarkTo(NOON.plus(Duration.standardSeconds(300)))
            .addElements(at(310, 7), at(20, 8), at(119, 9))
            .advanceWatermarkToInfinity();

    PCollection<SpeechEmbedding> embeddings =
        pipeline
            .apply(stream)
            .apply(
                Window.<SpeechFeatures>into(FixedWindows.of(minute))
                    .triggering(
                        AfterWatermark.pastEndOfWindow()
                            .withLateFirings(AfterPane.elementCountAtLeast(1)))
                    .withAllowedLateness(Duration.standardMinutes(10))
                    .accumulatingFiredPanes())
            .apply(EmbedSpeech.with(bundled).withMaxBatchSize(2))
            .results();

    PAssert.that(embeddings.apply("Places", ParDo.of(new Place())))
        .containsInAnyOrder(
            placeAt(0, 70),
            placeAt(1, 5),
            placeAt(2, 130),
            placeAt(3, 135),
            placeAt(4, 80),
            placeAt(5, 10),
            placeAt(6, 100),
            placeAt(7, 310),
            placeAt(8, 20),
            placeAt(9, 119));
    PCollection<Long> counts =
        embeddings.apply(
            "Count", Combine.globally(Count.<SpeechEmbedding>combineFn()).withoutDefaults());
    PAssert.that(counts).inOnTimePane(new IntervalWindow(NOON, minute)).containsInAnyOrder(1L);
    PAssert.that(counts).inLatePane(new IntervalWindow(NOON, minute)).containsInAnyOrder(2L, 3L);
    PAssert.that(counts)
        .inOnTimePane(new IntervalWindow(NOON.plus(minute), minute))
        .containsInAnyOrder(3L);
    pipeline.run().waitUntilFinish();
  }

  /** In the stream of features, so that its place in their order is given. */
  private static TimestampedValue<SpeechFeatures> update(int second, String bundle, String id) {
    SegmentRef ref = new SegmentRef("update", 0, 0, 1, Map.of("bundle", bundle, "id", id));
    return TimestampedValue.of(
        new SpeechFeatures(ref, FeatureMatrix.of(1, 1, new float[1]), origin),
        NOON.plus(Duration.standardSeconds(second)));
  }

  private static boolean isUpdate(SpeechFeatures features) {
    return features.ref().recording().equals("update");
  }

  /**
   * What cannot be loaded leaves a worker with either model: the runner starts them as it likes.
   */
  @Test
  void anotherModelIsTakenWholeAndOneThatCannotBeLoadedIsNot(
      TestPipeline pipeline, @TempDir Path temp) throws IOException {
    String other =
        BundledCopy.edited(temp.resolve("other"), m -> m.put("licence", "another")).toString();
    String ownId = Bundles.resolve(Bundles.BUNDLED).id();
    String otherId = Bundles.resolve(other).id();
    TestStream<SpeechFeatures> stream =
        TestStream.create(SpeechFeaturesCoder.of())
            .addElements(at(0, 0), at(1, 1))
            .addElements(update(10, other, otherId))
            .addElements(at(11, 2), at(12, 3))
            .addElements(update(20, "/nowhere/models", "1234"))
            .addElements(at(21, 4))
            .addElements(update(30, Bundles.BUNDLED, "another"))
            .addElements(at(31, 5))
            .addElements(update(40, Bundles.BUNDLED, ownId))
            .addElements(at(41, 6))
            .advanceWatermarkToInfinity();
    PCollection<SpeechFeatures> all = pipeline.apply(stream);
    PCollectionView<Optional<BundleRef>> newest =
        all.apply("Updates", Filter.by(EmbedSpeechIT::isUpdate))
            .apply(
                MapElements.into(TypeDescriptor.of(BundleRef.class))
                    .via(
                        f ->
                            new BundleRef(
                                f.ref().metadata().get("bundle"), f.ref().metadata().get("id"))))
            .apply(NewestValue.create());

    PCollection<SpeechEmbedding> embeddings =
        all.apply("Segments", Filter.by(f -> !isUpdate(f)))
            .apply(EmbedSpeech.with(bundled).withLiveModel(newest))
            .results();

    PAssert.that(embeddings)
        .satisfies(
            found -> {
              Map<Integer, String> bundles = new TreeMap<>();
              for (SpeechEmbedding embedding : found) {
                int index = Integer.parseInt(embedding.ref().recording().substring(5));
                bundles.put(index, embedding.model().uri());
                boolean isOther = embedding.model().uri().equals(other);
                assertEquals(isOther ? otherId : ownId, embedding.model().id());
                assertVector(
                    isOther ? aloneByOther(other, index) : alone(index), embedding.vector());
              }
              String own = Bundles.BUNDLED;
              assertEquals(Set.of(0, 1, 2, 3, 4, 5, 6), bundles.keySet());
              assertEquals(List.of(own, own, other, other), bundles(bundles, 0, 1, 2, 3));
              assertEquals(own, bundles.get(6));
              return null;
            });
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertTrue(counter(result, "model_changes") >= 1);
    assertTrue(counter(result, "model_refresh_failures") >= 2);
  }

  private static List<String> bundles(Map<Integer, String> bundles, Integer... indices) {
    return Stream.of(indices).map(bundles::get).toList();
  }

  private static float[] aloneByOther(String uri, int index) {
    try (SharedModels.Lease other = SharedModels.acquire(Bundles.open(uri), false)) {
      return other.model().embedSpeech(List.of(features(index).matrix()))[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long counter(PipelineResult result, String name) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.named("EmbedSpeech", name))
                .build())
        .getCounters()
        .iterator()
        .next()
        .getCommitted();
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
    items.add(new SpeechFeatures(poisoned, FeatureMatrix.of(1, dims, nan), origin));
    items.add(features(70, dims - 1, 1));
    items.add(features(80, dims + 5, 1));

    Outcome<SpeechEmbedding> outcome = pipeline.apply(of(items)).apply(EmbedSpeech.with(bundled));

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
    SpeechModel model = lease.model();
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
    assertEquals(12, batches(pipeline, EmbedSpeech.with(bundled).withMaxBatchSize(1)));
  }

  @Test
  void defaultBatchesHoldSeveralSegments(TestPipeline pipeline) {
    assertTrue(batches(pipeline, EmbedSpeech.with(bundled)) < 12);
  }
}
