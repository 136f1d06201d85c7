package io.gemoclap.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Resident memory and used heap of a JVM, and the load average of the machine, every second ({@code
 * /proc} and {@code jstat}). Thread-safe.
 */
final class MemorySamples implements AutoCloseable {
  private static final Path BIN = Path.of(System.getProperty("java.home"), "bin");

  private final ProcessHandle process;
  private final Process jstat;
  private final Thread thread;
  private final List<Sample> samples = new ArrayList<>();

  /**
   * One second.
   *
   * @param at milliseconds since 1970
   * @param resident resident memory in MiB
   * @param heap used heap in MiB, garbage included
   * @param load load average of the last minute
   */
  record Sample(long at, double resident, double heap, double load) {}

  MemorySamples(ProcessHandle process) throws IOException {
    this.process = process;
    ProcessBuilder builder = tool("jstat", "-gc", Long.toString(process.pid()), "1000");
    jstat = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    thread = new Thread(this::read, "memory");
    thread.start();
  }

  private static ProcessBuilder tool(String name, String... arguments) {
    List<String> command = new ArrayList<>(List.of(BIN.resolve(name).toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private void read() {
    try (BufferedReader lines = jstat.inputReader(StandardCharsets.US_ASCII)) {
      List<String> names = columns(lines.readLine());
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        List<String> values = columns(line);
        double heap = 0;
        for (String space : List.of("S0U", "S1U", "EU", "OU")) {
          heap += Double.parseDouble(values.get(names.indexOf(space)));
        }
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        Sample sample =
            new Sample(System.currentTimeMillis(), residentKib() / 1024, heap / 1024, load);
        synchronized (samples) {
          samples.add(sample);
        }
      }
    } catch (IOException e) {
      // The process has ended; what was sampled stands.
    }
  }

  private static List<String> columns(String line) {
    return List.of(line.strip().split("\\s+", -1));
  }

  private double residentKib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Double.parseDouble(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("Process " + process.pid() + " has ended");
  }

  /** Samples from a moment (included) to a moment (excluded). */
  List<Sample> between(long from, long to) {
    synchronized (samples) {
      return samples.stream().filter(s -> s.at >= from && s.at < to).toList();
    }
  }

  /** Heap in MiB that is left after a full collection, which this asks for. */
  double liveHeap() throws IOException, InterruptedException {
    Process collection =
        tool("jcmd", Long.toString(process.pid()), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    collection.waitFor(60, TimeUnit.SECONDS);
    long end = System.currentTimeMillis();
    List<Sample> after = List.of();
    while (after.isEmpty() && thread.isAlive()) {
      Thread.sleep(100);
      after = between(end, Long.MAX_VALUE);
    }
    return after.isEmpty() ? Double.NaN : after.get(0).heap;
  }

  @Override
  public void close() throws InterruptedException {
    jstat.destroy();
    thread.join();
  }
}
