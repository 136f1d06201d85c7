package io.gemoclap.model;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One loaded model for each bundle, device and precision in a JVM, however many workers use it.
 *
 * <p>A folder whose bundle was replaced is another model. Reference counted: the first {@link
 * #acquire} loads, the last {@link Lease#close} frees. A failed load leaves nothing behind and is
 * tried again by the next caller. Thread-safe; callers that need the same model wait for one load.
 */
public final class SharedModels {
  private static final Logger LOG = LoggerFactory.getLogger(SharedModels.class);
  private static final Map<Key, Entry> LOADED = new HashMap<>();

  private SharedModels() {}

  /**
   * Takes the model of a local bundle folder.
   *
   * @param gpu whether to use the first GPU; without one the CPU serves, with a warning
   * @throws IOException when the bundle cannot be opened, verified or loaded
   */
  public static Lease acquire(Path folder, boolean gpu) throws IOException {
    return acquire(folder, gpu, Precision.FP32);
  }

  /** The same in a given precision. */
  public static Lease acquire(Path folder, boolean gpu, Precision precision) throws IOException {
    Device device = TorchEngine.device(gpu);
    Key key = new Key(folder.toRealPath(), ModelBundle.idOf(folder), device, precision);
    synchronized (LOADED) {
      Entry entry = LOADED.get(key);
      if (entry == null) {
        long start = System.nanoTime();
        GEmoClap model = GEmoClap.load(ModelBundle.open(folder), device, precision);
        entry = new Entry(model, (System.nanoTime() - start) / 1_000_000);
        LOADED.put(key, entry);
        LOG.info(
            "Loaded model {} on {} in {} ms; models in memory: {}",
            model.id(),
            device,
            entry.loadMillis,
            LOADED.size());
      }
      entry.leases++;
      return new Lease(key, entry);
    }
  }

  /** Number of models in memory. */
  static int loaded() {
    synchronized (LOADED) {
      return LOADED.size();
    }
  }

  private record Key(Path folder, String id, Device device, Precision precision) {}

  private static final class Entry {
    private final GEmoClap model;
    private final ForwardPasses passes = new ForwardPasses();
    private final long loadMillis;
    private int leases;

    Entry(GEmoClap model, long loadMillis) {
      this.model = model;
      this.loadMillis = loadMillis;
    }
  }

  /** The right to use a model until closed; closing twice does nothing. */
  public static final class Lease implements AutoCloseable {
    private final Key key;
    private final Entry entry;
    private boolean open = true;

    private Lease(Key key, Entry entry) {
      this.key = key;
      this.entry = entry;
    }

    /** The model; not to be used after {@link #close}. */
    public GEmoClap model() {
      return entry.model;
    }

    /** Its forward passes in this JVM, whoever holds a lease. */
    public ForwardPasses passes() {
      return entry.passes;
    }

    /** How long loading it took, in milliseconds, for whoever loaded it. */
    public long loadMillis() {
      return entry.loadMillis;
    }

    @Override
    public void close() {
      synchronized (LOADED) {
        if (!open) {
          return;
        }
        open = false;
        if (--entry.leases == 0) {
          LOADED.remove(key);
          entry.model.close();
        }
      }
    }
  }
}
