package io.gemoclap.cli.flink;

import io.gemoclap.census.SinkFolder;
import io.gemoclap.cli.console.Progress;
import io.gemoclap.cli.console.Progress.Snapshot;
import io.gemoclap.cli.console.Sentences;
import io.gemoclap.cli.console.WrongUsageException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.ApplicationNameOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.joda.time.Duration;

/** Turns arguments into pipeline options, and runs a pipeline while telling its progress. */
public final class Runs {
  private static final Duration STEP = Duration.millis(500);

  private Runs() {}

  /**
   * Refuses a folder that Beam cannot write to.
   *
   * @throws WrongUsageException naming the folder and the remedy
   */
  public static void requirePlain(String folder) {
    try {
      SinkFolder.requirePlain(folder);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(e.getMessage(), e);
    }
  }

  /**
   * Options of Beam and its runners. Without {@code --runner}, Flink runs everything inside this
   * process.
   */
  public static PipelineOptions options(List<String> arguments) {
    PipelineOptions options =
        WrongUsageException.ifRefused(
            () ->
                PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new))
                    .withValidation()
                    .create());
    if (!isGiven(arguments, "--runner=")) {
      options.setRunner(FlinkRunner.class);
    }
    if (!isGiven(arguments, "--appName=")) {
      // Job names begin with it.
      options.as(ApplicationNameOptions.class).setAppName("gemoclap");
    }
    EmbeddedFlink.configure(options);
    if (DirectRunner.class.isAssignableFrom(options.getRunner())) {
      // Our transforms are tested with these checks; in production they only cost time.
      DirectOptions direct = options.as(DirectOptions.class);
      direct.setBlockOnRun(false);
      direct.setEnforceEncodability(false);
      direct.setEnforceImmutability(false);
    }
    return options;
  }

  /**
   * The same for commands whose jobs hand rows over to the command through files of this machine.
   *
   * @throws WrongUsageException if a cluster would run them
   */
  public static PipelineOptions optionsInProcess(List<String> arguments) {
    PipelineOptions options = options(arguments);
    if (!isInProcess(options)) {
      throw new WrongUsageException(
          "This command runs in its own process and not on a cluster, since it uses what its"
              + " jobs find. Leave out --runner, --flinkMaster and 'flink run'");
    }
    return options;
  }

  /** Whether this process also does the work, rather than a cluster. */
  public static boolean isInProcess(PipelineOptions options) {
    return DirectRunner.class.isAssignableFrom(options.getRunner())
        || (FlinkRunner.class.isAssignableFrom(options.getRunner())
            && EmbeddedFlink.isInProcess(options));
  }

  static boolean isGiven(List<String> arguments, String option) {
    return arguments.stream().anyMatch(argument -> argument.startsWith(option));
  }

  /** Builds a pipeline and runs it to the end, without a line of progress. */
  public static void run(PipelineOptions options, Consumer<Pipeline> build) throws IOException {
    Pipeline pipeline = Pipeline.create(options);
    build.accept(pipeline);
    try {
      PipelineResult.State state = pipeline.run().waitUntilFinish();
      if (state != PipelineResult.State.DONE) {
        throw new IOException("The job ended as " + state);
      }
    } catch (RuntimeException e) {
      throw new IOException("The job failed: " + reason(e), e);
    }
  }

  /**
   * Runs to the end, telling the progress of annotation.
   *
   * @param progress of this job and those before it
   * @throws IOException when the job fails, with the innermost reason
   */
  public static void run(Pipeline pipeline, Progress progress) throws IOException {
    ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    Duration interval = EmbeddedFlink.progressInterval(pipeline.getOptions());
    ScheduledFuture<?> telling =
        ticker.scheduleWithFixedDelay(
            () -> EmbeddedFlink.progress(pipeline.getOptions()).ifPresent(progress::show),
            interval.getMillis(),
            interval.getMillis(),
            TimeUnit.MILLISECONDS);
    try {
      PipelineResult result = pipeline.run();
      PipelineResult.State state = result.getState();
      while (!state.isTerminal()) {
        PipelineResult.State now = result.waitUntilFinish(STEP);
        state = now == null ? result.getState() : now;
        progress.show(Snapshot.of(result.metrics()));
      }
      if (state != PipelineResult.State.DONE) {
        throw new IOException("The job ended as " + state);
      }
      telling.cancel(true);
      progress.add(Snapshot.of(result.metrics()));
    } catch (RuntimeException e) {
      throw new IOException("The job failed: " + reason(e), e);
    } finally {
      telling.cancel(true);
      ticker.shutdown();
      progress.finish();
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = Sentences.of(cause);
    return message.contains("detached mode")
        ? "Flink runs it in detached mode, so Beam cannot follow it. Set execution.attached:"
            + " true in Flink's configuration, and run flink run without -d"
        : message;
  }
}
