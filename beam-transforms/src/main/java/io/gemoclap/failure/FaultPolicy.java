package io.gemoclap.failure;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Tells a fault of an item from a fault of the worker that processes it. Every stage asks here
 * before it turns an exception into a {@link Failure}.
 *
 * <ul>
 *   <li>A fault of an item would occur on any worker: it becomes a failure record.
 *   <li>A fault of the worker says nothing about the item: linkage errors and errors of the JVM,
 *       such as a full heap, a resource of the machine that is used up, an interrupt. It is thrown,
 *       and the runner retries the work.
 * </ul>
 *
 * <p>Thread-safe.
 *
 * @hidden
 */
@Internal
public final class FaultPolicy {
  /** What the C library says about a machine, and what a person can do about it. */
  private static final Map<String, String> REMEDIES =
      Map.of(
          "No space left on device", "free some space on the disk",
          "Disk quota exceeded", "free some space within the quota of the user",
          "Read-only file system", "make the file system writable",
          "Too many open files", "raise the limit of open files (ulimit -n)",
          "Cannot allocate memory", "give the machine more memory, or run fewer workers");

  /** The C library's message is at the end, after the name of a file or a program. */
  private static final Pattern OF_THE_MACHINE =
      Pattern.compile("(?:^|[:(,] ?)(" + String.join("|", REMEDIES.keySet()) + ")\\)?$");

  private FaultPolicy() {}

  /**
   * Returns if an exception is a fault of the item, and throws if it is a fault of the worker.
   *
   * @param thrown what was thrown while an item was processed
   * @throws WorkerFaultException if {@code thrown}, or one of its causes, is a fault of the worker
   * @throws VirtualMachineError if {@code thrown}, or one of its causes, is one, other than a stack
   *     that overflowed
   */
  public static void throwIfOfWorker(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 50; depth++) {
      if (cause instanceof WorkerFaultException fault) {
        throw fault;
      }
      if (cause instanceof LinkageError) {
        throw new WorkerFaultException(
            "A class or native library cannot be loaded on this worker ("
                + cause
                + "); check the class path of the worker",
            thrown);
      }
      if (cause instanceof VirtualMachineError error && !(cause instanceof StackOverflowError)) {
        throw error;
      }
      if (cause instanceof InterruptedException || cause instanceof ClosedByInterruptException) {
        Thread.currentThread().interrupt();
        throw new WorkerFaultException("The worker was interrupted", thrown);
      }
      if (cause instanceof IOException) {
        throwIfOfMachine((IOException) cause);
      }
      cause = cause.getCause();
    }
  }

  private static void throwIfOfMachine(IOException e) {
    String said = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    Matcher machine = OF_THE_MACHINE.matcher(said == null ? "" : said.strip());
    if (machine.find()) {
      throw new WorkerFaultException(
          "The worker cannot continue: %s; %s"
              .formatted(e.getMessage(), REMEDIES.get(machine.group(1))),
          e);
    }
  }
}
