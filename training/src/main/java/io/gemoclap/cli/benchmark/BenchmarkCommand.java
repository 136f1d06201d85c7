package io.gemoclap.cli.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gemoclap benchmark}. */
@Command(
    name = "benchmark",
    description = {
      "Measures each stage, all stages together, and the overhead of Beam, in one run.",
      "Compares with librosa if python3, or the Python in GEMOCLAP_PYTHON, has it."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
public final class BenchmarkCommand implements Callable<Integer> {
  private static final int BATCH = 16;

  @Option(
      names = "--input",
      defaultValue = "examples/samples",
      description = "Folder of audio; each file is one segment.")
  private Path input;

  @Option(names = "--model", defaultValue = Bundles.BUNDLED, description = "URI of a model bundle.")
  private String model;

  @Option(names = "--rounds", defaultValue = "5", description = "Measured rounds, at least 1.")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "1",
      description = "Seconds of processor time per measurement.")
  private double seconds;

  @Option(
      names = "--mixed-lengths",
      description =
          "Measure only batches by length: this many segments of noise of 1 to 15 s,"
              + " through EmbedSpeech, and in batches of 16 in their order.")
  private Integer mixedLengths;

  @Option(
      names = "--batch-sweep",
      description =
          "Measure only how fast the model embeds batches of 1, 2, 4, … this many clips of 10 s, in"
              + " both precisions, with --gpu also two batches at once.")
  private Integer batchSweep;

  @Option(names = "--gpu", description = "Sweep on the first GPU.")
  private boolean gpu;

  @Option(names = "--output", description = "JSON file for the figures.")
  private Path output;

  @Option(
      names = "--compare",
      description =
          "JSON file of an earlier run. Warns of each task that takes more than twice as long, both"
              + " measured against a loop of fixed work, so that other machines compare.")
  private Path compare;

  @Parameters(arity = "0..*", hidden = true)
  private List<String> beamOptions = List.of();

  @Override
  public Integer call() throws IOException {
    if (rounds < 1 || !(seconds > 0 && seconds <= 600)) {
      throw new WrongUsageException(
          "--rounds must be at least 1 and --seconds 0 to 600, not " + rounds + ", " + seconds);
    }
    if (compare != null && !Files.isRegularFile(compare)) {
      throw new WrongUsageException("--compare '" + compare + "' is not a file");
    }
    if (!Files.isDirectory(input)) {
      throw new WrongUsageException("--input '" + input + "' is not a folder");
    }
    PipelineOptions options = Runs.options(beamOptions);
    FileSystems.setDefaultPipelineOptions(options);
    if (batchSweep != null) {
      new BatchSweep(model, gpu, batchSweep, rounds).run(System.out);
      return 0;
    }
    if (mixedLengths != null) {
      new MixedLengths(model, mixedLengths, BATCH, rounds, options)
          .run(System.err::println, System.out);
      return 0;
    }
    BenchmarkReport report =
        new Benchmark(input, model, rounds, seconds, options).run(line -> System.err.println(line));
    report.print(System.out);
    if (output != null) {
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(output.toFile(), report.toJson());
    }
    if (compare != null) {
      for (String sentence : Calibration.slower(report.calibrated(), compare)) {
        System.err.println("Warning: " + sentence);
      }
    }
    return 0;
  }
}
