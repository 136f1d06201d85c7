package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
final class ReferenceCountedTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ReferenceCounted<String, Value> values = new ReferenceCounted<>();
  private final AtomicInteger loads = new AtomicInteger();

  private static final class Value implements AutoCloseable {
    private boolean closed;

    @Override
    public void close() {
      closed = true;
    }
  }

  private Value load() {
    loads.incrementAndGet();
    return new Value();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** The second key is loaded, used and freed while the first one's load still hangs. */
  @Test
  void loadingOneKeyBlocksNoOther() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    Future<ReferenceCounted<String, Value>.Lease> slow =
        threads.submit(
            () ->
                values.acquire(
                    "slow",
                    () -> {
                      loading.countDown();
                      await(finish);
                      return load();
                    }));
    loading.await();

    var quick = threads.submit(() -> values.acquire("quick", this::load)).get();
    quick.close();

    assertTrue(quick.value().closed);
    assertEquals(1, values.size());
    finish.countDown();
    slow.get().close();
    assertEquals(0, values.size());
  }

  @Test
  void callersOfOneKeyWaitForOneLoad() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    List<Future<ReferenceCounted<String, Value>.Lease>> leases = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      leases.add(
          threads.submit(
              () ->
                  values.acquire(
                      "one",
                      () -> {
                        loading.countDown();
                        await(finish);
                        return load();
                      })));
    }
    loading.await();
    finish.countDown();

    Value first = leases.get(0).get().value();
    for (var lease : leases) {
      assertSame(first, lease.get().value());
    }
    assertEquals(1, loads.get());
    for (var lease : leases) {
      assertEquals(1, values.size());
      assertTrue(!first.closed);
      lease.get().close();
      lease.get().close();
    }
    assertTrue(first.closed);
    assertEquals(0, values.size());
  }

  @Test
  void afterAFailedLoadAWaitingCallerTriesAgain() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch fail = new CountDownLatch(1);
    var failing =
        threads.submit(
            () ->
                values.acquire(
                    "one",
                    () -> {
                      loading.countDown();
                      await(fail);
                      throw new IOException("no luck");
                    }));
    loading.await();
    var waiting = threads.submit(() -> values.acquire("one", this::load));
    fail.countDown();

    assertThrows(Exception.class, failing::get);
    Value value = waiting.get().value();
    assertEquals(1, loads.get());
    waiting.get().close();
    assertTrue(value.closed);
    assertEquals(0, values.size());
  }

  /** Also when it fails with an Error, such as that of a missing native library. */
  @Test
  void aFailedLoadLeavesNothing() throws IOException {
    assertThrows(
        LinkageError.class,
        () ->
            values.acquire(
                "one",
                () -> {
                  throw new UnsatisfiedLinkError("no library");
                }));
    assertEquals(0, values.size());
    values.acquire("one", this::load).close();
    assertEquals(0, values.size());
  }
}
