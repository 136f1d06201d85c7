package io.gemoclap.flink;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waiting for something to become true, with a bound. */
public final class Polling {
  private static final long STEP_MILLIS = 100;

  private Polling() {}

  /**
   * Asks every 100 ms until the answer is yes.
   *
   * @param what describes the condition in the message of a failure
   * @param detail adds to that message, such as a log; asked for only on failure
   * @throws AssertionError when the answer is still no after the limit
   */
  public static void until(
      String what, Duration limit, Callable<Boolean> condition, Supplier<String> detail)
      throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "Not within %d s: %s%n%s".formatted(limit.toSeconds(), what, detail.get()));
      }
      Thread.sleep(STEP_MILLIS);
    }
  }

  /** A server that fails to answer has not said no: it is asked again. */
  private static boolean holds(Callable<Boolean> condition) throws Exception {
    try {
      return condition.call();
    } catch (FlinkRest.NoAnswerException e) {
      return false;
    }
  }

  /** The same without further detail. */
  public static void until(String what, Duration limit, Callable<Boolean> condition)
      throws Exception {
    until(what, limit, condition, () -> "");
  }
}
