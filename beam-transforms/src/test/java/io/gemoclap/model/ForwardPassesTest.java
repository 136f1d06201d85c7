package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ForwardPassesTest {
  private final ForwardPasses passes = new ForwardPasses();

  /** Most passes that ran at once, when as many threads as given all want to. */
  private int most(int threads, int limit) throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    // The first passes end only once as many as allowed have begun.
    CountDownLatch full = new CountDownLatch(Math.min(threads, limit));
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(
          workers.submit(
              () -> {
                try (ForwardPasses.Pass pass = passes.begin(limit)) {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  full.countDown();
                  full.await();
                  running.decrementAndGet();
                  return pass.waitMicros();
                }
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    workers.shutdown();
    return most.get();
  }

  @Test
  void asManyPassesAsAllowedRunAtOnceAndNoMore() throws Exception {
    assertEquals(1, most(4, 1));
    assertEquals(3, most(6, 3));
    assertEquals(4, most(4, 9));
  }

  @Test
  void aCancelledWorkerStopsWaitingAndTakesNoPlace() throws Exception {
    try (ForwardPasses.Pass first = passes.begin(1)) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> passes.begin(1));
    }
    passes.begin(1).close();
  }
}
