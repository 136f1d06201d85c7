package io.gemoclap.cli.benchmark;

import com.google.common.io.LittleEndianDataOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * librosa's log-mel or MFCC in a Python process of one thread, which prints the processor time of
 * its loop: starting and reading do not count.
 */
record LibrosaTask(String name, List<String> command) implements Task {
  private static final Path SCRIPT = Path.of("oracle", "bench-librosa.py");

  /** The samples of clips in a file that the script reads; the caller deletes it. */
  static Path samples(List<Clip> clips) throws IOException {
    Path file = Files.createTempFile("gemoclap-benchmark", ".f32");
    try (var out =
        new LittleEndianDataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (Clip clip : clips) {
        out.writeInt(clip.samples().length);
        for (float sample : clip.samples()) {
          out.writeFloat(sample);
        }
      }
    }
    return file;
  }

  /** Each feature as users call it, and with the mel filters kept; none without librosa. */
  static List<Task> tasks(Path samples) throws IOException {
    Optional<String> python = python();
    if (python.isEmpty()) {
      return List.of();
    }
    List<String> script = List.of(python.get(), SCRIPT.toString(), samples.toString());
    List<Task> tasks = new ArrayList<>();
    for (String feature : List.of(Benchmark.LOG_MEL, Benchmark.MFCC)) {
      List<String> command = new ArrayList<>(script);
      command.add("--feature=" + feature);
      List<String> kept = new ArrayList<>(command);
      kept.add("--keep-filters");
      tasks.add(new LibrosaTask(Benchmark.librosa(feature), command));
      tasks.add(new LibrosaTask(Benchmark.librosaKept(feature), kept));
    }
    return tasks;
  }

  private static Optional<String> python() throws IOException {
    if (!Files.exists(SCRIPT)) {
      return Optional.empty();
    }
    String named = System.getenv("GEMOCLAP_PYTHON");
    String python = named == null ? "python3" : named;
    try {
      run(List.of(python, "-c", "import librosa, numpy"));
      return Optional.of(python);
    } catch (IOException e) {
      if (named != null) {
        throw e;
      }
      return Optional.empty();
    }
  }

  @Override
  public Cost measure(double cpuSeconds) throws IOException {
    List<String> call = new ArrayList<>(command);
    call.add("--seconds=" + cpuSeconds);
    String[] numbers = run(call).strip().split(" ", -1);
    return new Cost(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
  }

  private static String run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    for (String library : List.of("OMP", "OPENBLAS", "MKL", "NUMBA")) {
      builder.environment().put(library + "_NUM_THREADS", "1");
    }
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed: " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while Python was running", e);
    }
    return output;
  }
}
