package io.gemoclap.cli.adapt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.gemoclap.cli.flink.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollection;

/** Runs a job in this process, and brings its few rows into memory. */
final class JobRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JobRows() {}

  /**
   * Runs a job.
   *
   * @param build makes a pipeline whose result is one JSON object an element
   * @return the rows, in no order
   * @throws IOException if the job fails
   */
  static List<JsonNode> of(PipelineOptions options, Function<Pipeline, PCollection<String>> build)
      throws IOException {
    Path folder = Files.createTempDirectory("gemoclap-adapt");
    try {
      Runs.run(
          options,
          pipeline -> build.apply(pipeline).apply("Write", TextIO.write().to(folder + "/rows")));
      List<JsonNode> rows = new ArrayList<>();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
          for (String line : Files.readAllLines(file)) {
            rows.add(JSON.readTree(line));
          }
        }
      }
      return rows;
    } finally {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }
}
