package io.gemoclap.failure;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Throwables;
import java.util.stream.Collectors;
import org.junit.jupiter.api.function.Executable;

/** Recognizes a job that failed because of its worker. */
public final class WorkerFaults {
  private WorkerFaults() {}

  /**
   * The action fails with a fault of the worker, and with no other defect; its message has the
   * remedy.
   */
  public static void assertThrown(String remedy, Executable action) {
    Throwable thrown = assertThrows(Throwable.class, action);
    String faults =
        Throwables.getCausalChain(thrown).stream()
            .filter(WorkerFaultException.class::isInstance)
            .map(Throwable::getMessage)
            .collect(Collectors.joining("; "));
    assertTrue(faults.contains(remedy), () -> Throwables.getStackTraceAsString(thrown));
  }
}
