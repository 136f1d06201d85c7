package io.gemoclap.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.BundleCopies;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.Outcome;
import io.gemoclap.failure.WorkerFaults;
import io.gemoclap.features.FeatureOrigin;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.features.SpeechFeaturesCoder;
import io.gemoclap.model.FakeModels;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.refresh.NewestValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.OptionalCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Batches, failures, concurrency and refresh of {@link EmbedFn}, with a model in plain Java. */
@ExtendWith(TestPipelineExtension.class)
final class EmbedFnTest {
  @TempDir static Path temp;
  private static BundleRef bundle;
  private static BundleRef other;
  private static FeatureOrigin origin;
  private static int columns;
  private static int dims;

  /** Bundles that follow an update. */
  private static final int AFTER_AN_UPDATE = 200;

  private FakeModels models;

  @BeforeAll
  static void writeBundles() throws IOException {
    bundle = Bundles.resolve(BundleCopies.of(Bundles.BUNDLED, temp.resolve("a")).toString());
    Path folder = BundleCopies.of(Bundles.BUNDLED, temp.resolve("b"));
    Path manifest = folder.resolve(ModelBundle.MANIFEST);
    Files.writeString(manifest, Files.readString(manifest) + "\n");
    other = Bundles.resolve(folder.toString());
    ModelManifest read = Bundles.manifest(bundle);
    origin = FeatureOrigin.of(read.featureSpec(), read.normalization());
    columns = read.featureSpec().extractor().dims();
    dims = read.speechDims();
  }

  @BeforeEach
  void installModels() {
    models = FakeModels.install();
  }

  @AfterEach
  void restoreModels() {
    models.close();
  }

  private static SpeechFeatures features(int number, double seconds) {
    return new SpeechFeatures(
        new SegmentRef("call" + number, 0, 0, seconds, Map.of("number", "" + number)),
        FakeModels.matrix(number, columns),
        origin);
  }

  /** Each array becomes one bundle of the runner. */
  private static PCollection<SpeechFeatures> bundles(
      TestPipeline pipeline, SpeechFeatures[]... bundles) {
    TestStream.Builder<SpeechFeatures> stream = TestStream.create(SpeechFeaturesCoder.of());
    for (SpeechFeatures[] each : bundles) {
      SpeechFeatures[] rest = Arrays.copyOfRange(each, 1, each.length);
      stream = stream.addElements(each[0], rest);
    }
    return pipeline.apply(stream.advanceWatermarkToInfinity());
  }

  private static SpeechFeatures[] bundle(SpeechFeatures... features) {
    return features;
  }

  @Test
  void batchesHoldTheLongestSegmentsFirstUpToTheirSize(TestPipeline pipeline) {
    SpeechFeatures[] five =
        IntStream.rangeClosed(1, 5).mapToObj(n -> features(n, n)).toArray(SpeechFeatures[]::new);
    Outcome<SpeechEmbedding> outcome =
        bundles(pipeline, five).apply(EmbedSpeech.with(bundle).withMaxBatchSize(2));
    PAssert.that(outcome.results()).satisfies(EmbedFnTest::everyVectorIsItsOwn);
    PAssert.that(outcome.failures()).empty();
    pipeline.run().waitUntilFinish();
    assertEquals(List.of(List.of(5, 4), List.of(3, 2), List.of(1)), models.batches());
  }

  private static Void everyVectorIsItsOwn(Iterable<SpeechEmbedding> embeddings) {
    List<Integer> numbers = new ArrayList<>();
    for (SpeechEmbedding embedding : embeddings) {
      int number = Integer.parseInt(embedding.ref().metadata().get("number"));
      numbers.add(number);
      assertArrayEquals(
          FakeModels.vector(embedding.model().id(), number, dims), embedding.vector());
    }
    assertTrue(!numbers.isEmpty());
    return null;
  }

  @Test
  void paddedSecondsEndABatchToo(TestPipeline pipeline) {
    bundles(pipeline, bundle(features(1, 10), features(2, 9), features(3, 2), features(4, 2)))
        .apply(EmbedSpeech.with(bundle).withMaxBatchSeconds(20));
    pipeline.run().waitUntilFinish();
    assertEquals(List.of(List.of(1, 2), List.of(3, 4)), models.batches());
  }

  @Test
  void aFullBufferIsEmbeddedBeforeTheBundleEnds(TestPipeline pipeline) {
    SpeechFeatures[] nine =
        IntStream.rangeClosed(1, 9).mapToObj(n -> features(n, 1)).toArray(SpeechFeatures[]::new);
    bundles(pipeline, nine).apply(EmbedSpeech.with(bundle).withMaxBatchSize(2));
    pipeline.run().waitUntilFinish();
    assertEquals(
        List.of(List.of(1, 2), List.of(3, 4), List.of(5, 6), List.of(7, 8), List.of(9)),
        models.batches());
  }

  @Test
  void aFailingBatchIsHalvedUntilOnlyTheGuiltySegmentFails(TestPipeline pipeline) {
    Outcome<SpeechEmbedding> outcome =
        bundles(
                pipeline,
                bundle(
                    features(1, 4), features(2, 3), features(FakeModels.POISON, 2), features(4, 1)))
            .apply(EmbedSpeech.with(bundle));
    PAssert.that(outcome.results()).satisfies(EmbedFnTest::everyVectorIsItsOwn);
    PAssert.that(outcome.failures().apply(failed()))
        .containsInAnyOrder("MODEL call-1#0:0-2000 {number=-1}");
    pipeline.run().waitUntilFinish();
    assertEquals(
        List.of(List.of(1, 2, -1, 4), List.of(1, 2), List.of(-1, 4), List.of(-1), List.of(4)),
        models.batches());
  }

  private static MapElements<Failure, String> failed() {
    return MapElements.into(TypeDescriptor.of(String.class))
        .via(f -> f.getKindName() + " " + f.getItem() + " " + f.getMetadata());
  }

  @Test
  void aVectorThatIsNotFiniteIsAFailure(TestPipeline pipeline) {
    Outcome<SpeechEmbedding> outcome =
        bundles(pipeline, bundle(features(FakeModels.NOT_A_NUMBER, 2), features(4, 1)))
            .apply(EmbedSpeech.with(bundle));
    PAssert.that(outcome.failures().apply(failed()))
        .containsInAnyOrder("MODEL call-2#0:0-2000 {number=-2}");
    PAssert.that(outcome.results()).satisfies(EmbedFnTest::everyVectorIsItsOwn);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void featuresOfAnotherOriginNeverReachTheModel(TestPipeline pipeline) {
    SpeechFeatures foreign =
        new SpeechFeatures(
            features(1, 1).ref(), FakeModels.matrix(1, columns), new FeatureOrigin("another", ""));
    Outcome<SpeechEmbedding> outcome =
        bundles(pipeline, bundle(foreign)).apply(EmbedSpeech.with(bundle));
    PAssert.that(outcome.failures().apply(failed()))
        .containsInAnyOrder("UNFIT call1#0:0-1000 {number=1}");
    PAssert.that(outcome.results()).empty();
    pipeline.run().waitUntilFinish();
    assertEquals(List.of(), models.batches());
  }

  @Test
  void anEngineThatFailsOnEverythingFailsTheWorker(TestPipeline pipeline) {
    models.die();
    bundles(pipeline, bundle(features(1, 1))).apply(EmbedSpeech.with(bundle));
    WorkerFaults.assertThrown("Restart this worker's process", pipeline::run);
  }

  private static Pipeline parallel(int threads, EmbedSpeech embed) {
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setTargetParallelism(threads);
    Pipeline pipeline = Pipeline.create(options);
    List<SpeechFeatures> many = IntStream.rangeClosed(1, 64).mapToObj(n -> features(n, 1)).toList();
    pipeline
        .apply(Create.of(many).withCoder(SpeechFeaturesCoder.of()))
        .apply(Reshuffle.viaRandomKey())
        .apply(embed.withMaxBatchSize(1));
    return pipeline;
  }

  /** With less concurrency than two, no batch would ever meet another one. */
  @Test
  void asManyBatchesRunAtOnceAsTheConcurrencyAllows() {
    models.holdUntilTogether(2);
    parallel(4, EmbedSpeech.with(bundle).withConcurrency(2)).run().waitUntilFinish();
    assertEquals(2, models.mostAtOnce());
    assertEquals(64, models.batches().size());
  }

  @Test
  void aConcurrencyOfOneRunsOneBatchAtATime() {
    parallel(4, EmbedSpeech.with(bundle).withConcurrency(1)).run().waitUntilFinish();
    assertEquals(1, models.mostAtOnce());
    assertEquals(64, models.batches().size());
  }

  private static SpeechFeatures update(BundleRef next) {
    return new SpeechFeatures(
        new SegmentRef("update", 0, 0, 1, Map.of("uri", next.uri(), "id", next.id())),
        FakeModels.matrix(0, columns),
        origin);
  }

  private static boolean isUpdate(SpeechFeatures features) {
    return features.ref().recording().equals("update");
  }

  private static PCollection<SpeechEmbedding> following(PCollection<SpeechFeatures> all) {
    PCollectionView<Optional<BundleRef>> newest =
        all.apply("Updates", Filter.by(EmbedFnTest::isUpdate))
            .apply(
                "Refs",
                MapElements.into(TypeDescriptor.of(BundleRef.class))
                    .via(
                        f ->
                            new BundleRef(
                                f.ref().metadata().get("uri"), f.ref().metadata().get("id"))))
            .apply(NewestValue.create());
    return all.apply("Segments", Filter.by(features -> !isUpdate(features)))
        .apply(EmbedSpeech.with(bundle).withLiveModel(newest))
        .results();
  }

  private static MapElements<SpeechEmbedding, String> model() {
    return MapElements.into(TypeDescriptor.of(String.class))
        .via(e -> e.ref().recording() + " " + e.model().id());
  }

  /** The runner may show an update to bundles only a little later, so many follow it. */
  @Test
  void aNewModelEmbedsWhatComesAfterIt(TestPipeline pipeline) {
    // The other tests check that nothing is mutated; here that would take half of the time.
    pipeline.getOptions().as(DirectOptions.class).setEnforceImmutability(false);
    List<SpeechFeatures[]> bundles = new ArrayList<>();
    bundles.add(bundle(features(0, 1)));
    bundles.add(bundle(update(other)));
    for (int number = 1; number <= AFTER_AN_UPDATE; number++) {
      bundles.add(bundle(features(number, 1)));
    }
    PCollection<SpeechEmbedding> embeddings =
        following(bundles(pipeline, bundles.toArray(SpeechFeatures[][]::new)));
    PAssert.that(embeddings).satisfies(EmbedFnTest::everyVectorIsItsOwn);
    PAssert.that(embeddings).satisfies(EmbedFnTest::theModelChangesOnce);
    pipeline.run().waitUntilFinish();
  }

  private static Void theModelChangesOnce(Iterable<SpeechEmbedding> embeddings) {
    String[] models = new String[AFTER_AN_UPDATE + 1];
    for (SpeechEmbedding embedding : embeddings) {
      int number = Integer.parseInt(embedding.ref().metadata().get("number"));
      models[number] = embedding.model().id();
    }
    assertEquals(bundle.id(), models[0]);
    assertEquals(other.id(), models[AFTER_AN_UPDATE]);
    int changes = 0;
    for (int number = 1; number <= AFTER_AN_UPDATE; number++) {
      changes += models[number].equals(models[number - 1]) ? 0 : 1;
    }
    assertEquals(1, changes, Arrays.toString(models));
    return null;
  }

  private static PCollectionView<Optional<BundleRef>> changedToOther(TestPipeline pipeline) {
    return pipeline
        .apply(
            Create.of(Optional.of(other))
                .withCoder(OptionalCoder.of(SerializableCoder.of(BundleRef.class))))
        .apply(View.asSingleton());
  }

  @Test
  void aModelThatAFullDiskKeepsFromLoadingFailsTheWorker(TestPipeline pipeline) {
    models.refuse(other.id(), "/cache/part-1: No space left on device");
    bundles(pipeline, bundle(features(1, 1)))
        .apply(EmbedSpeech.with(bundle).withLiveModel(changedToOther(pipeline)));
    WorkerFaults.assertThrown("free some space on the disk", pipeline::run);
  }

  /** The next attempt is due a minute later, so that not every segment waits for a load. */
  @Test
  void aModelThatCannotBeLoadedIsTriedOnceAndTheOldOneStays(TestPipeline pipeline) {
    models.refuse(other.id());
    PCollection<SpeechEmbedding> embeddings =
        bundles(pipeline, bundle(features(1, 1), features(2, 1), features(3, 1)))
            .apply(EmbedSpeech.with(bundle).withLiveModel(changedToOther(pipeline)))
            .results();
    PAssert.that(embeddings.apply(model()))
        .containsInAnyOrder("call1 " + bundle.id(), "call2 " + bundle.id(), "call3 " + bundle.id());
    pipeline.run().waitUntilFinish();
    assertEquals(1, models.loads(other.id()));
  }
}
