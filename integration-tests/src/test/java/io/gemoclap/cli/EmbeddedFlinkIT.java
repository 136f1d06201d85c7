package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gemoclap.cli.Progress.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** Jobs without end inside this process. */
final class EmbeddedFlinkIT {
  private static final long PATIENCE_MILLIS = 120_000;

  /** Flink keeps at most 5 MiB of a step in its heap, unless checkpoints are files. */
  @Test
  void aJobWithMuchStateGoesOnAcrossCheckpoints() throws Exception {
    PipelineOptions options =
        Runs.options(List.of("--checkpointingInterval=500", "--parallelism=1"));
    EmbeddedFlink.stream(options);
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
    if (!Files.exists(EmbeddedFlink.checkpoints())) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(EmbeddedFlink.checkpoints(), 2)) {
      return files
          .filter(file -> Files.exists(file.resolve("_metadata")))
          .map(file -> file.getFileName().toString().substring("chk-".length()))
          .mapToInt(Integer::parseInt)
          .max()
          .orElse(0);
    }
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
