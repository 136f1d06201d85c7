package io.gemoclap.cli;

import io.gemoclap.cli.flink.EmbeddedFlink;
import io.gemoclap.cli.flink.StreamingMetrics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * {@code gemoclap annotate} on input without end, in a thread of this JVM. Closing it cancels its
 * job and waits.
 */
public final class StreamingCommand implements AutoCloseable {
  private static final long WAIT_MILLIS = 600_000;
  private static final long PAUSE_MILLIS = 250;

  private final StringWriter err = new StringWriter();
  private final Thread thread;
  private volatile boolean ended;

  private StreamingCommand(List<String> arguments) {
    CommandLine command = Gemoclap.commandLine();
    command.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err, true));
    thread =
        new Thread(
            () -> {
              int unused = command.execute(arguments.toArray(String[]::new));
              ended = true;
            },
            "gemoclap annotate");
    thread.start();
  }

  /** Starts {@code annotate} with these options, a checkpoint every second. */
  public static StreamingCommand annotate(String... options) {
    return annotate(List.of(), options);
  }

  /** The same, with options of Beam. */
  public static StreamingCommand annotate(List<String> beam, String... options) {
    List<String> arguments = new ArrayList<>(List.of("annotate"));
    Collections.addAll(arguments, options);
    arguments.addAll(List.of("--", "--checkpointingInterval=1000", "--parallelism=2"));
    arguments.addAll(beam);
    return new StreamingCommand(arguments);
  }

  /** Waits until something holds, while the command runs. */
  public void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.currentTimeMillis() + WAIT_MILLIS;
    while (!condition.call()) {
      if (ended) {
        throw new IllegalStateException("The command ended before " + what + ": " + err);
      }
      if (System.currentTimeMillis() > end) {
        throw new IllegalStateException(
            "Waited in vain for " + what + "; counters: " + StreamingMetrics.sums() + "; " + err);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** What its progress tells of a counter, as {@code DecodeAudio.recordings}. */
  public long counted(String name) {
    return StreamingMetrics.sums().getOrDefault(name, 0L);
  }

  /** What the command has said so far. */
  public String messages() {
    return err.toString();
  }

  @Override
  public void close() throws InterruptedException {
    long end = System.currentTimeMillis() + WAIT_MILLIS;
    while (thread.isAlive() && System.currentTimeMillis() < end) {
      EmbeddedFlink.cancel();
      thread.join(PAUSE_MILLIS);
    }
  }
}
