package io.gemoclap.cli.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** One thing to measure. */
interface Task {
  /**
   * What working through some audio took.
   *
   * @param audioSeconds length of the audio
   * @param cpuSeconds processor time of all threads
   */
  record Cost(double audioSeconds, double cpuSeconds) {
    /** Seconds of audio for a second of processor time. */
    double rate() {
      return audioSeconds / cpuSeconds;
    }
  }

  /** Unique within a run. */
  String name();

  /** Works for about this many seconds of processor time, or once if that takes longer. */
  Cost measure(double cpuSeconds) throws IOException;

  /** Work without a result. */
  interface Body {
    void run() throws IOException;
  }

  /**
   * Work in this process, repeated until the time is up.
   *
   * @param audioSeconds audio that one call of {@code body} works through
   */
  static Task repeated(String name, double audioSeconds, Body body) {
    return new Task() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Cost measure(double cpuSeconds) throws IOException {
        double start = cpu();
        double audio = 0;
        double spent;
        do {
          body.run();
          audio += audioSeconds;
          spent = cpu() - start;
        } while (spent < cpuSeconds);
        return new Cost(audio, spent);
      }
    };
  }

  /**
   * Processor time so far, of this process and of its children that live: all threads, native ones
   * and the JVM's own included.
   */
  static double cpu() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    double children =
        ProcessHandle.current()
            .children()
            .flatMap(child -> child.info().totalCpuDuration().stream())
            .mapToDouble(time -> time.toNanos() / 1e9)
            .sum();
    return system.getProcessCpuTime() / 1e9 + children;
  }
}
