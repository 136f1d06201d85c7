package io.gemoclap.embed;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.auto.value.AutoValue;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.failure.ErrorHandlers;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.Outcome;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.model.Precision;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Embeds speech with the audio tower of a GEmo-CLAP bundle. Features must be those of its manifest:
 * of its feature spec, and standardised by {@code NormalizeFeatures} if, and only if, the manifest
 * names a normalisation. Others become failures of kind {@code UNFIT}.
 *
 * <p>Batches form inside a Beam bundle from a buffer sorted by length, capped by padded audio
 * seconds and by count, and are flushed at the bundle's end, so on unbounded input nothing waits
 * longer than the runner's bundle. Every result keeps its own element's timestamp and window, and
 * does not depend on its batch beyond 1e-4. A batch that fails is halved and tried again; only the
 * failing segment becomes a {@link Failure} of kind {@code MODEL}. A JVM holds one copy of the
 * model and one buffer for each worker thread.
 */
@AutoValue
public abstract class EmbedSpeech
    extends PTransform<PCollection<SpeechFeatures>, Outcome<SpeechEmbedding>> {
  static final TupleTag<SpeechEmbedding> EMBEDDINGS = new TupleTag<>("embeddings") {};
  static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  /** A CPU gains nothing from more: its memory is the bottleneck (docs/benchmarks.md). */
  private static final double CPU_BATCH_SECONDS = 32;

  private static final double GPU_BATCH_SECONDS = 240;
  private static final int DEFAULT_BATCH_SIZE = 64;
  private static final int AUTOMATIC = 0;
  private static final int GPU_CONCURRENCY = 2;

  EmbedSpeech() {}

  @Nullable
  abstract Double maxSeconds();

  abstract int maxSize();

  abstract boolean gpu();

  abstract Precision precision();

  abstract int concurrency();

  @Nullable
  abstract PCollectionView<Optional<BundleRef>> liveModel();

  @Nullable
  abstract ErrorHandler<BadRecord, ?> errorHandler();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setBundle(BundleRef bundle);

    abstract Builder setMaxSeconds(@Nullable Double maxSeconds);

    abstract Builder setMaxSize(int maxSize);

    abstract Builder setGpu(boolean gpu);

    abstract Builder setPrecision(Precision precision);

    abstract Builder setConcurrency(int concurrency);

    abstract Builder setLiveModel(@Nullable PCollectionView<Optional<BundleRef>> liveModel);

    abstract Builder setErrorHandler(@Nullable ErrorHandler<BadRecord, ?> errorHandler);

    abstract EmbedSpeech build();
  }

  /**
   * Embeds with a bundle on the CPU.
   *
   * @param bundle URI of a bundle on any Beam file system, or {@link Bundles#BUNDLED}; workers use
   *     the bundle that it means now, or none
   * @throws UncheckedIOException when there is no bundle
   */
  public static EmbedSpeech with(String bundle) {
    return with(Bundles.resolve(bundle));
  }

  /** The same with a bundle that is pinned already. */
  public static EmbedSpeech with(BundleRef bundle) {
    return new AutoValue_EmbedSpeech.Builder()
        .setBundle(bundle)
        .setMaxSize(DEFAULT_BATCH_SIZE)
        .setGpu(false)
        .setPrecision(Precision.FP32)
        .setConcurrency(AUTOMATIC)
        .build();
  }

  /**
   * Longest padded audio of a batch: its size times its longest segment. Default 32 s on a CPU, 240
   * s on a GPU. Lower it when the device runs out of memory. A single longer segment is a batch of
   * its own.
   */
  public EmbedSpeech withMaxBatchSeconds(double seconds) {
    checkArgument(seconds > 0, "maxBatchSeconds is %s, but must be positive", seconds);
    return toBuilder().setMaxSeconds(seconds).build();
  }

  /** Most segments in a batch, from 1; default 64. */
  public EmbedSpeech withMaxBatchSize(int size) {
    checkArgument(size >= 1, "maxBatchSize is %s, but must be at least 1", size);
    return toBuilder().setMaxSize(size).build();
  }

  /** Uses the first GPU of each worker; falls back to the CPU with a warning. Default: CPU. */
  public EmbedSpeech withGpu(boolean gpu) {
    return toBuilder().setGpu(gpu).build();
  }

  /** In what numbers the model is held; default float32. */
  public EmbedSpeech withPrecision(Precision precision) {
    return toBuilder().setPrecision(precision).build();
  }

  /**
   * Most batches of this model that may be in the encoder at once in a JVM, whatever the number of
   * worker threads; from 1, default 2 on a GPU and the number of processors without. It bounds what
   * activations take: a device's memory is shared by that many batches. The others wait ({@code
   * device_wait_micro_secs}).
   */
  public EmbedSpeech withConcurrency(int concurrency) {
    checkArgument(concurrency >= 1, "concurrency is %s, but must be at least 1", concurrency);
    return toBuilder().setConcurrency(concurrency).build();
  }

  /**
   * Follows the newest model that {@link RefreshModel} let pass, without a restart; before the
   * first the bundle of {@link #with} counts. Default: none.
   *
   * <p>Every batch is of exactly one model, which its embeddings name. A worker changes when it
   * meets a segment, and holds both models while it loads; one that cannot load the new model keeps
   * the one it has (after a start, the bundle of {@link #with}), warns once, counts {@code
   * model_refresh_failures}, and tries again a minute later. Score with {@code
   * ScoreEmotions.withLiveModel}.
   */
  public EmbedSpeech withLiveModel(PCollectionView<Optional<BundleRef>> newest) {
    return toBuilder().setLiveModel(newest).build();
  }

  /** The bundle of {@link #with}. */
  public abstract BundleRef bundle();

  /** Whether {@link #withLiveModel} was asked for. */
  public boolean followsLiveModel() {
    return liveModel() != null;
  }

  /** The bound on a worker: how many batches may run at once in its JVM. */
  int workerConcurrency() {
    return concurrency() != AUTOMATIC
        ? concurrency()
        : gpu() ? GPU_CONCURRENCY : Runtime.getRuntime().availableProcessors();
  }

  /** The settings without what is for the construction of the pipeline alone. */
  private EmbedSpeech onWorkers() {
    return toBuilder().setErrorHandler(null).build();
  }

  BatchLimits limits() {
    double usual = gpu() ? GPU_BATCH_SECONDS : CPU_BATCH_SECONDS;
    return new BatchLimits(maxSeconds() == null ? usual : maxSeconds(), maxSize());
  }

  /**
   * Gives each failure to Beam's error handler too, as {@link io.gemoclap.failure.ToBadRecords}
   * converts it. It stays in {@link Outcome#failures}. Default: none.
   */
  public EmbedSpeech withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return toBuilder().setErrorHandler(handler).build();
  }

  @Override
  public Outcome<SpeechEmbedding> expand(PCollection<SpeechFeatures> features) {
    ParDo.SingleOutput<SpeechFeatures, SpeechEmbedding> embed = ParDo.of(new EmbedFn(onWorkers()));
    if (liveModel() != null) {
      embed = embed.withSideInputs(liveModel());
    }
    Outcome<SpeechEmbedding> embedded =
        Outcome.of(
            features.apply("Embed", embed.withOutputTags(EMBEDDINGS, TupleTagList.of(FAILURES))),
            EMBEDDINGS,
            FAILURES);
    ErrorHandlers.handle(errorHandler(), embedded.failures());
    embedded.results().setCoder(SpeechEmbeddingCoder.of());
    return embedded;
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(
        DisplayData.item("bundle", bundle().toString()).withLabel("Model bundle and its id"));
    builder.add(DisplayData.item("maxBatchSeconds", limits().maxSeconds()));
    builder.add(DisplayData.item("maxBatchSize", maxSize()));
    builder.add(
        DisplayData.item(
                "concurrency",
                concurrency() == AUTOMATIC ? "automatic" : Integer.toString(concurrency()))
            .withLabel("Batches at once in a JVM"));
    builder.add(DisplayData.item("precision", precision().name()).withLabel("Precision"));
    builder.add(DisplayData.item("gpu", gpu()).withLabel("GPU requested"));
    builder.add(DisplayData.item("liveModel", followsLiveModel()).withLabel("Follows new models"));
  }
}
