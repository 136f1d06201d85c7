package io.gemoclap.model;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that are expensive to load, one for each key, shared by all who hold a lease.
 *
 * <p>The first lease loads, the last {@link Lease#close} frees. A failed load leaves nothing
 * behind; whoever waited for it tries again. Thread-safe: callers of the same key wait for one
 * load, and loading one key blocks no other.
 *
 * @param <K> the key of a value
 * @param <V> the values
 */
final class ReferenceCounted<K, V extends AutoCloseable> {
  private final Map<K, Entry<V>> entries = new HashMap<>();

  /** Makes a value. */
  @FunctionalInterface
  interface Loader<V> {
    V load() throws IOException;
  }

  /** The right to use the value of a key; loads the value unless another lease holds it. */
  Lease acquire(K key, Loader<V> loader) throws IOException {
    Entry<V> entry;
    synchronized (entries) {
      entry = entries.computeIfAbsent(key, k -> new Entry<>());
      entry.leases++;
    }
    boolean loaded = false;
    try {
      V value = entry.value(loader);
      loaded = true;
      return new Lease(key, entry, value);
    } finally {
      if (!loaded) {
        release(key, entry);
      }
    }
  }

  /** The number of values that are held or being loaded. */
  int size() {
    synchronized (entries) {
      return entries.size();
    }
  }

  private void release(K key, Entry<V> entry) {
    synchronized (entries) {
      if (--entry.leases > 0) {
        return;
      }
      entries.remove(key);
    }
    entry.free();
  }

  private static final class Entry<V extends AutoCloseable> {
    /** Guarded by {@code entries}. */
    private int leases;

    private @Nullable V value;

    synchronized V value(Loader<V> loader) throws IOException {
      if (value == null) {
        value = loader.load();
      }
      return value;
    }

    synchronized void free() {
      if (value != null) {
        try {
          value.close();
        } catch (Exception e) {
          throw new IllegalStateException("A shared value cannot be freed", e);
        }
      }
    }
  }

  /** Holds a value until closed; closing twice does nothing. */
  final class Lease implements AutoCloseable {
    private final K key;
    private final Entry<V> entry;
    private final V value;
    private boolean open = true;

    private Lease(K key, Entry<V> entry, V value) {
      this.key = key;
      this.entry = entry;
      this.value = value;
    }

    V value() {
      return value;
    }

    @Override
    public synchronized void close() {
      if (open) {
        open = false;
        release(key, entry);
      }
    }
  }
}
