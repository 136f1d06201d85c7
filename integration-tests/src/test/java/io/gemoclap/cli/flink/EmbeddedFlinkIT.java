package io.gemoclap.cli.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.Exhaustive;
import io.gemoclap.Written;
import io.gemoclap.cli.StreamingCommand;
import io.gemoclap.cli.console.Progress.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs without end inside this process. */
final class EmbeddedFlinkIT {
  private static final long PATIENCE_MILLIS = 120_000;

  @TempDir private Path folder;

  /** Flink keeps at most 5 MiB of a step in its heap, unless checkpoints are files. */
  @Exhaustive
  @Test
  void aJobWithMuchStateContinuesAcrossCheckpoints() throws Exception {
    List<String> arguments = List.of("--checkpointingInterval=500", "--parallelism=1");
    PipelineOptions options = Runs.options(arguments);
    EmbeddedFlink.stream(options, arguments);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Tick", GenerateSequence.from(0).withRate(20, Duration.standardSeconds(1)))
        .apply("Key", WithKeys.<String, Long>of("all").withKeyType(TypeDescriptors.strings()))
        .apply("Keep", ParDo.of(new MuchStateFn()));
    Thread job = new Thread(pipeline::run, "job");
    job.setUncaughtExceptionHandler((thread, cancelled) -> {});
    job.start();
    try {
      long end = System.currentTimeMillis() + PATIENCE_MILLIS;
      while (completeCheckpoints() < 3 && System.currentTimeMillis() < end) {
        assertEquals(0, EmbeddedFlink.progress(options).map(Snapshot::restarts).orElse(0L));
        Thread.sleep(100);
      }
      assertFalse(completeCheckpoints() < 3, "there is no third checkpoint");
    } finally {
      while (job.isAlive()) {
        EmbeddedFlink.cancel();
        job.join(250);
      }
    }
  }

  /** The number of the newest complete checkpoint; 0 without one. */
  private static int completeCheckpoints() throws IOException {
    return newestNumber(EmbeddedFlink.checkpoints());
  }

  private static int newestNumber(Path storage) throws IOException {
    return newestCheckpoint(storage).map(EmbeddedFlinkIT::number).orElse(0);
  }

  private static int number(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().substring("chk-".length()));
  }

  private static Optional<Path> newestCheckpoint(Path storage) throws IOException {
    if (!Files.exists(storage)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(storage, 2)) {
      return files
          .filter(file -> Files.exists(file.resolve("_metadata")))
          .max(Comparator.comparingInt(EmbeddedFlinkIT::number));
    } catch (UncheckedIOException e) {
      return Optional.empty(); // An older one was deleted meanwhile; the next look will tell.
    }
  }

  private static List<String> names(Path output) throws IOException {
    List<String> names = new ArrayList<>();
    if (Files.exists(output)) {
      for (JsonNode row : Written.jsonLines(output, "recordings")) {
        names.add(Path.of(row.get("recording").asText()).getFileName().toString());
      }
    }
    return names;
  }

  @Test
  void aJobResumesFromItsCheckpointAndRemembersItsFiles() throws Exception {
    Path samples = Path.of("examples", "samples").toAbsolutePath();
    Path watched = Files.createDirectory(folder.resolve("in"));
    Path output = folder.resolve("out");
    Path storage = folder.resolve("checkpoints");
    String[] options = {"--input=" + watched, "--watch=1", "--window=0.02", "--output=" + output};
    List<String> beam =
        List.of(
            "--jobName=again",
            "--stateBackendStoragePath=" + storage.toUri(),
            "--externalizedCheckpointsEnabled=true",
            "--retainExternalizedCheckpointsOnCancellation=true");
    Files.copy(samples.resolve("german-male-8k-mulaw.wav"), watched.resolve("first.wav"));
    try (StreamingCommand job = StreamingCommand.annotate(beam, options)) {
      job.await("the first", () -> names(output).contains("first.wav"));
      int before = newestNumber(storage);
      // The next but one, as the next may have begun before the file was written.
      job.await("a checkpoint", () -> newestNumber(storage) > before + 1);
    }
    Files.copy(samples.resolve("german-male-8k-mulaw.wav"), watched.resolve("second.wav"));
    List<String> restored = new ArrayList<>(beam);
    restored.add("--savepointPath=" + newestCheckpoint(storage).orElseThrow());
    try (StreamingCommand job = StreamingCommand.annotate(restored, options)) {
      job.await("the second", () -> names(output).contains("second.wav"));
    }
    assertEquals(List.of("first.wav", "second.wav"), names(output).stream().sorted().toList());
  }

  private static final class MuchStateFn extends DoFn<KV<String, Long>, Void> {
    private static final int SIZE = 6 << 20;

    @StateId("much")
    private final StateSpec<ValueState<byte[]>> much = StateSpecs.value();

    @ProcessElement
    public void process(@StateId("much") ValueState<byte[]> state) {
      if (state.read() == null) {
        state.write(new byte[SIZE]);
      }
    }
  }
}
