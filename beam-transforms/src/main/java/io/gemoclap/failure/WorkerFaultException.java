package io.gemoclap.failure;

import org.apache.beam.sdk.annotations.Internal;

/**
 * A fault of the worker, not of the item that it was processing: a missing native library, a dead
 * engine, a full disk. Thrown so that the runner retries the work, on another worker if it has one;
 * it never becomes a {@link Failure}. The message names the cause and the remedy.
 *
 * @hidden
 */
@Internal
public final class WorkerFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A fault without a cause. */
  public WorkerFaultException(String message) {
    super(message);
  }

  /**
   * A fault and what showed it. The cause is kept as suppressed: tools that print the innermost
   * cause of a failed job then print this message, which holds the remedy.
   */
  public WorkerFaultException(String message, Throwable shownBy) {
    super(message);
    addSuppressed(shownBy);
  }
}
