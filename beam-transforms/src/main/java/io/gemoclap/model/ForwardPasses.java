package io.gemoclap.model;

import org.apache.beam.sdk.annotations.Internal;

/**
 * Bounds how many forward passes of one model run at once in a JVM. A caller names the bound that
 * it lives by, so workers of one job agree without a common setting. Thread-safe.
 *
 * @hidden
 */
@Internal
public final class ForwardPasses {
  private int running;

  ForwardPasses() {}

  /**
   * Waits until fewer than {@code limit} passes run, then counts as one.
   *
   * @throws InterruptedException when the worker is cancelled while it waits
   */
  public synchronized Pass begin(int limit) throws InterruptedException {
    long start = System.nanoTime();
    while (running >= limit) {
      wait();
    }
    running++;
    return new Pass((System.nanoTime() - start) / 1_000);
  }

  private synchronized void end() {
    running--;
    notifyAll();
  }

  /**
   * A pass under way, to be closed once.
   *
   * @hidden
   */
  public final class Pass implements AutoCloseable {
    private final long waitMicros;

    private Pass(long waitMicros) {
      this.waitMicros = waitMicros;
    }

    /** How long it waited for its turn, in microseconds. */
    public long waitMicros() {
      return waitMicros;
    }

    @Override
    public void close() {
      end();
    }
  }
}
