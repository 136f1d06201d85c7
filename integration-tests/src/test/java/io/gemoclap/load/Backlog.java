package io.gemoclap.load;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The largest backlog of a job, looked at every second by its own thread. */
final class Backlog implements AutoCloseable {
  private final LoadJob job;
  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> looking;
  private volatile long waiting;
  private volatile long uncommitted;

  Backlog(LoadJob job) {
    this.job = job;
    looking = executor.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      waiting = Math.max(waiting, job.sender.sent() - job.arrivals.count());
      uncommitted = Math.max(uncommitted, job.uncommitted());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Most records that were sent and had no result yet. */
  long waiting() {
    return waiting;
  }

  /** Most records that the topic held behind the job's committed offsets. */
  long uncommitted() {
    return uncommitted;
  }

  /** Ends the looking, which must not have failed. */
  @Override
  public void close() throws ExecutionException, InterruptedException {
    boolean failed = looking.isDone();
    executor.shutdownNow();
    executor.awaitTermination(1, TimeUnit.MINUTES);
    if (failed) {
      looking.get();
    }
  }
}
