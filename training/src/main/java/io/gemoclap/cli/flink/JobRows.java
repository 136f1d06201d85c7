package io.gemoclap.cli.flink;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.BufferedReader;
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
public final class JobRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JobRows() {}

  /**
   * Runs a job.
   *
   * @param options of {@link Runs#optionsInProcess}: the rows come back through files here
   * @param type what a row is read as
   * @param build makes a pipeline whose result is one JSON object an element
   * @return the rows, in no order
   * @throws IOException if the job fails
   */
  public static <T> List<T> of(
      PipelineOptions options, Class<T> type, Function<Pipeline, PCollection<String>> build)
      throws IOException {
    Path folder = Files.createTempDirectory("gemoclap-rows");
    try {
      Runs.run(
          options,
          pipeline -> build.apply(pipeline).apply("Write", TextIO.write().to(folder + "/rows")));
      List<T> rows = new ArrayList<>();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
          try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
              rows.add(JSON.readValue(line, type));
            }
          }
        }
      }
      return rows;
    } finally {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }
}
