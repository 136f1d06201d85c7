package io.gemoclap.embed;

import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.failure.FaultPolicy;
import io.gemoclap.failure.SecretMask;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureOrigin;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.model.Familiarity;
import io.gemoclap.model.ForwardPasses;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.SharedModels;
import io.gemoclap.model.SpeechModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects features over a bundle, embeds them in batches, and gives each result back its place.
 */
final class EmbedFn extends DoFn<SpeechFeatures, SpeechEmbedding> {
  private static final String STAGE = "EmbedSpeech";
  private static final Logger LOG = LoggerFactory.getLogger(EmbedFn.class);

  /** After a model could not be loaded. */
  private static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final EmbedSpeech settings;

  private final Counter inferences = Metrics.counter(STAGE, "num_inferences");
  private final Counter failed = Metrics.counter(STAGE, "failures");
  private final Counter audio = Metrics.counter(STAGE, "audio_milliseconds");
  private final Counter padding = Metrics.counter(STAGE, "padding_milliseconds");
  private final Distribution latency =
      Metrics.distribution(STAGE, "inference_batch_latency_micro_secs");
  private final Distribution deviceWait = Metrics.distribution(STAGE, "device_wait_micro_secs");
  private final Gauge modelBytes = Metrics.gauge(STAGE, "model_byte_size");
  private final Gauge loadLatency = Metrics.gauge(STAGE, "load_model_latency_milli_secs");
  private final Counter modelChanges = Metrics.counter(STAGE, "model_changes");
  private final Counter refreshFailures = Metrics.counter(STAGE, "model_refresh_failures");

  private transient BatchLimits limits;
  private transient SharedModels.Lease lease;
  private transient BundleRef inUse;
  private transient @Nullable Familiarity familiarity;
  private transient FeatureOrigin wanted;
  private transient @Nullable BundleRef missed;
  private transient long missedNanos;
  private transient List<Pending> buffer;
  private transient double bufferedSeconds;

  EmbedFn(EmbedSpeech settings) {
    this.settings = settings;
  }

  private record Pending(SpeechFeatures features, Instant timestamp, BoundedWindow window) {
    double seconds() {
      return features.ref().seconds();
    }
  }

  /** Takes one result with the timestamp and window of the element that it belongs to. */
  private interface Out {
    void embedding(SpeechEmbedding embedding, Pending origin);

    void failure(Failure failure, Pending origin);
  }

  /**
   * A full buffer is flushed while some later element is processed, so results may be earlier than
   * it. None becomes late by that: the watermark waits for the whole bundle.
   */
  @Override
  @SuppressWarnings("deprecation") // its replacements are for state and timers
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }

  @Setup
  public void setup() throws IOException {
    limits = settings.limits();
    use(acquire(settings.bundle()));
  }

  /** A model that this worker holds. */
  private record Held(
      BundleRef model, SharedModels.Lease lease, @Nullable Familiarity familiarity) {}

  private Held acquire(BundleRef model) throws IOException {
    ModelBundle bundle = Bundles.open(model);
    Familiarity familiarity = bundle.familiarity().orElse(null);
    return new Held(
        model, SharedModels.acquire(bundle, settings.gpu(), settings.precision()), familiarity);
  }

  private void use(Held taken) {
    lease = taken.lease;
    inUse = taken.model;
    familiarity = taken.familiarity;
    ModelManifest manifest = taken.lease.model().manifest();
    wanted = FeatureOrigin.of(manifest.featureSpec(), manifest.normalization());
  }

  @Teardown
  public void teardown() {
    if (lease != null) {
      lease.close();
    }
  }

  @StartBundle
  public void startBundle() {
    buffer = new ArrayList<>();
    bufferedSeconds = 0;
    observeModel();
  }

  private void observeModel() {
    modelBytes.set(lease.model().bytes());
    loadLatency.set(lease.loadMillis());
  }

  @ProcessElement
  public void process(ProcessContext context, BoundedWindow window, MultiOutputReceiver out)
      throws InterruptedException {
    Out results =
        new Out() {
          @Override
          public void embedding(SpeechEmbedding embedding, Pending origin) {
            emit(out.get(EmbedSpeech.EMBEDDINGS), embedding, origin);
          }

          @Override
          public void failure(Failure failure, Pending origin) {
            emit(out.get(EmbedSpeech.FAILURES), failure, origin);
          }
        };
    PCollectionView<Optional<BundleRef>> liveModel = settings.liveModel();
    if (liveModel != null) {
      Optional<BundleRef> newest = context.sideInput(liveModel);
      if (newest.isPresent() && isNew(newest.get())) {
        flush(results);
        change(newest.get());
      }
    }
    Pending pending = new Pending(context.element(), context.timestamp(), window);
    FeatureOrigin origin = pending.features.origin();
    if (!origin.equals(wanted)) {
      String message =
          "The features do not fit bundle %s: %s".formatted(inUse, origin.remedy(wanted));
      fail(pending, FailureKind.UNFIT, message, results);
      return;
    }
    buffer.add(pending);
    bufferedSeconds += pending.seconds();
    if (limits.isEnough(buffer.size(), bufferedSeconds)) {
      flush(results);
    }
  }

  private boolean isNew(BundleRef newest) {
    return !newest.id().equals(inUse.id())
        && (!newest.equals(missed) || System.nanoTime() - missedNanos >= RETRY_NANOS);
  }

  /** Takes another model with the buffer empty, or keeps the one in use. */
  private void change(BundleRef next) {
    try {
      Held taken = acquire(next);
      lease.close();
      use(taken);
      missed = null;
      modelChanges.inc();
      observeModel();
    } catch (IOException | RuntimeException e) {
      FaultPolicy.throwIfOfWorker(e);
      refreshFailures.inc();
      if (!next.equals(missed)) {
        LOG.warn(
            "This worker cannot load model {}. It keeps model {} and retries every minute: {}",
            next,
            inUse,
            SecretMask.of(String.valueOf(e.getMessage())));
      }
      missed = next;
      missedNanos = System.nanoTime();
    }
  }

  private static <T> void emit(OutputReceiver<T> receiver, T value, Pending origin) {
    receiver.builder(value).setTimestamp(origin.timestamp).setWindow(origin.window).output();
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws InterruptedException {
    flush(
        new Out() {
          @Override
          public void embedding(SpeechEmbedding embedding, Pending origin) {
            context.output(EmbedSpeech.EMBEDDINGS, embedding, origin.timestamp, origin.window);
          }

          @Override
          public void failure(Failure failure, Pending origin) {
            context.output(EmbedSpeech.FAILURES, failure, origin.timestamp, origin.window);
          }
        });
  }

  private void flush(Out out) throws InterruptedException {
    for (List<Pending> batch : limits.batches(buffer, Pending::seconds)) {
      embed(batch, out);
    }
    buffer.clear();
    bufferedSeconds = 0;
  }

  /** Embeds a batch; if that fails, its halves, down to the one segment that fails. */
  private void embed(List<Pending> batch, Out out) throws InterruptedException {
    float[][] vectors;
    try {
      vectors = timed(batch);
    } catch (RuntimeException e) {
      FaultPolicy.throwIfOfWorker(e);
      if (batch.size() > 1) {
        int half = batch.size() / 2;
        embed(batch.subList(0, half), out);
        embed(batch.subList(half, batch.size()), out);
      } else {
        fail(
            batch.get(0),
            FailureKind.MODEL,
            "The model failed on this segment: " + e.getMessage(),
            out);
      }
      return;
    }
    for (int i = 0; i < vectors.length; i++) {
      Pending origin = batch.get(i);
      SpeechEmbedding embedding =
          new SpeechEmbedding(
              origin.features.ref(), vectors[i], inUse, distance(origin.features.matrix()));
      if (embedding.isFinite()) {
        out.embedding(embedding, origin);
      } else {
        fail(origin, FailureKind.MODEL, "The model gave a vector that is not finite", out);
      }
    }
  }

  private double distance(FeatureMatrix matrix) {
    return familiarity == null ? Familiarity.UNKNOWN : familiarity.distance(matrix);
  }

  private float[][] timed(List<Pending> batch) throws InterruptedException {
    SpeechModel model = lease.model();
    List<FeatureMatrix> matrices = new ArrayList<>(batch.size());
    batch.forEach(pending -> matrices.add(pending.features.matrix()));
    float[][] vectors;
    try (ForwardPasses.Pass pass = lease.passes().begin(settings.workerConcurrency())) {
      deviceWait.update(pass.waitMicros());
      long start = System.nanoTime();
      vectors = model.embedSpeech(matrices);
      latency.update((System.nanoTime() - start) / 1000);
    }
    inferences.inc(batch.size());
    double real = batch.stream().mapToDouble(Pending::seconds).sum();
    double padded = batch.get(0).seconds() * batch.size();
    audio.inc(Math.round(real * 1000));
    padding.inc(Math.round((padded - real) * 1000));
    return vectors;
  }

  private void fail(Pending origin, FailureKind kind, String message, Out out) {
    if (kind == FailureKind.MODEL) {
      EngineCheck.requireAlive(lease.model(), message);
    }
    failed.inc();
    var ref = origin.features.ref();
    out.failure(
        Failure.at(STAGE, kind, ref.id(), ref.recording(), ref.startSeconds(), message)
            .withMetadata(ref.metadata()),
        origin);
  }
}
