package io.gemoclap.model;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One loaded model for each bundle, device and precision in a JVM, however many workers use it.
 *
 * <p>A folder whose bundle was replaced is another model. Reference counted: the first {@link
 * #acquire} loads, the last {@link Lease#close} frees. A failed load leaves nothing behind and is
 * tried again by the next caller. Thread-safe; callers that need the same model wait for one load,
 * and loading one model blocks no other.
 *
 * @hidden
 */
@Internal
public final class SharedModels {
  private static final Logger LOG = LoggerFactory.getLogger(SharedModels.class);
  private static final ReferenceCounted<Key, Loaded> MODELS = new ReferenceCounted<>();
  private static final Loader ENGINE =
      new Loader() {
        @Override
        public Device device(boolean gpu) {
          return TorchEngine.device(gpu);
        }

        @Override
        public SpeechModel load(ModelBundle bundle, Device device, Precision precision)
            throws IOException {
          return GEmoClap.load(bundle, device, precision);
        }
      };

  private static volatile Loader loader = ENGINE;

  /** Loads models. Tests replace it, so that they need no native code. */
  interface Loader {
    /** The device that models are loaded on. */
    Device device(boolean gpu);

    /** Loads a verified bundle. */
    SpeechModel load(ModelBundle bundle, Device device, Precision precision) throws IOException;
  }

  private SharedModels() {}

  /**
   * Takes the model of a bundle in float32.
   *
   * @param gpu whether to use the first GPU; without one the CPU serves, with a warning
   * @throws IOException when the bundle cannot be loaded
   */
  public static Lease acquire(ModelBundle bundle, boolean gpu) throws IOException {
    return acquire(bundle, gpu, Precision.FP32);
  }

  /** The same in a given precision. */
  public static Lease acquire(ModelBundle bundle, boolean gpu, Precision precision)
      throws IOException {
    Loader loading = loader;
    Device device = loading.device(gpu);
    Key key = new Key(bundle.folder().toRealPath(), bundle.id(), device, precision);
    return new Lease(MODELS.acquire(key, () -> load(loading, bundle, device, precision)));
  }

  /** Replaces what loads models; null restores the engine. For tests. */
  static void loadWith(@Nullable Loader other) {
    loader = other == null ? ENGINE : other;
  }

  private static Loaded load(Loader loading, ModelBundle bundle, Device device, Precision precision)
      throws IOException {
    long start = System.nanoTime();
    SpeechModel model = loading.load(bundle, device, precision);
    long millis = (System.nanoTime() - start) / 1_000_000;
    LOG.info(
        "Loaded model {} on {} in {} ms; models in memory: {}",
        model.id(),
        device,
        millis,
        loaded());
    return new Loaded(model, new ForwardPasses(), millis);
  }

  /** Number of models in memory. */
  static int loaded() {
    return MODELS.size();
  }

  private record Key(Path folder, String id, Device device, Precision precision) {}

  private record Loaded(SpeechModel model, ForwardPasses passes, long millis)
      implements AutoCloseable {
    @Override
    public void close() {
      model.close();
    }
  }

  /**
   * The right to use a model until closed; closing twice does nothing.
   *
   * @hidden
   */
  public static final class Lease implements AutoCloseable {
    private final ReferenceCounted<Key, Loaded>.Lease lease;

    private Lease(ReferenceCounted<Key, Loaded>.Lease lease) {
      this.lease = lease;
    }

    /** The model; not to be used after {@link #close}. */
    public SpeechModel model() {
      return lease.value().model;
    }

    /** Its forward passes in this JVM, over all leases. */
    public ForwardPasses passes() {
      return lease.value().passes;
    }

    /** How long loading took, in milliseconds. */
    public long loadMillis() {
      return lease.value().millis;
    }

    @Override
    public void close() {
      lease.close();
    }
  }
}
