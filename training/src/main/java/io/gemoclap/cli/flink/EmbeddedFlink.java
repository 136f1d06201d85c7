package io.gemoclap.cli.flink;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.Iterables;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.google.common.util.concurrent.Uninterruptibles;
import io.gemoclap.cli.console.Progress.Snapshot;
import io.gemoclap.cli.console.WrongUsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.runners.flink.metrics.FlinkMetricContainer;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.StreamingOptions;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobListener;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.joda.time.Duration;

/**
 * Flink as the default runner: inside this process, on all its processors, unless options name a
 * cluster.
 *
 * <p>Beam's Flink runner returns from {@code run} only when the job has ended. Flink therefore
 * makes an object of this class, by its name in the configuration, and passes it the job that runs;
 * {@link #progress} asks that job. One job at a time in a process.
 */
public final class EmbeddedFlink implements JobListener {
  private static final AtomicReference<JobClient> RUNNING = new AtomicReference<>();

  private static final long CHECKPOINT_MILLIS = 10_000;

  private static final long BUNDLE_MILLIS = 200;

  private static final String CONFIGURATION_FILE = "config.yaml";

  /** Heartbeats carry the metrics. Delegation tokens need what newer JDKs no longer have. */
  private static final List<String> CONFIGURATION =
      List.of(
          "execution.job-listeners: " + EmbeddedFlink.class.getName(),
          "metrics.reporter.gemoclap.factory.class: " + StreamingMetrics.class.getName(),
          "heartbeat.interval: 1000",
          "security.delegation.tokens.enabled: false");

  private static final Supplier<Path> FOLDER = Suppliers.memoize(EmbeddedFlink::makeFolder);

  /** Fills in what the user left open, unless {@code flink run} has settled it. */
  static void configure(PipelineOptions options) {
    if (!FlinkRunner.class.isAssignableFrom(options.getRunner())) {
      return;
    }
    if (isSubmittedByFlink()) {
      return;
    }
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    if (!isEmbedded(flink) && flink.getFilesToStage() == null) {
      flink.setFilesToStage(StagedJars.of(System.getProperty("java.class.path")));
    } else if (isEmbedded(flink) && flink.getParallelism() == -1) {
      flink.setParallelism(Runtime.getRuntime().availableProcessors());
    }
    if (flink.getFlinkConfDir() == null && System.getenv("FLINK_CONF_DIR") == null) {
      flink.setFlinkConfDir(FOLDER.get().toString());
    }
  }

  private static boolean isSubmittedByFlink() {
    return !StreamExecutionEnvironment.areExplicitEnvironmentsAllowed();
  }

  /** Whether a job has its past from a savepoint, or may have it from {@code flink run}. */
  public static boolean isRestored(PipelineOptions options) {
    return isSubmittedByFlink()
        || options.as(FlinkPipelineOptions.class).getSavepointPath() != null;
  }

  /** Whether Flink runs inside this process. */
  static boolean isInProcess(PipelineOptions options) {
    return !isSubmittedByFlink() && isEmbedded(options.as(FlinkPipelineOptions.class));
  }

  private static boolean isEmbedded(FlinkPipelineOptions flink) {
    return List.of("[auto]", "[local]").contains(flink.getFlinkMaster());
  }

  /**
   * The one folder of Flink in this process: its configuration and what it keeps while it runs.
   * Flink leaves some of that behind when the process ends with the job.
   */
  private static Path makeFolder() {
    try {
      Path folder = Files.createTempDirectory("gemoclap-flink");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      String place = quoted(folder.toString());
      List<String> places = List.of("io.tmp.dirs: " + place, "web.tmpdir: " + place);
      Files.write(folder.resolve(CONFIGURATION_FILE), Iterables.concat(CONFIGURATION, places));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("Flink's configuration cannot be written", e);
    }
  }

  /** As YAML has it. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The configuration with a savepoint in it: inside a process, Beam leaves its option alone. */
  private static Path restoring(String savepoint) {
    try {
      Path folder = Files.createTempDirectory(FOLDER.get(), "restoring");
      List<String> lines = Files.readAllLines(FOLDER.get().resolve(CONFIGURATION_FILE));
      lines.add("execution.savepoint.path: " + quoted(savepoint));
      Files.write(folder.resolve(CONFIGURATION_FILE), lines);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("Flink's configuration cannot be written", e);
    }
  }

  /** Tries for a second, since Flink ends at the same time, and there too. */
  private static void delete(Path folder) {
    for (int i = 0; i < 20 && Files.exists(folder); i++) {
      try {
        MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
      } catch (IOException e) {
        Uninterruptibles.sleepUninterruptibly(50, TimeUnit.MILLISECONDS);
      }
    }
  }

  /** Ends the running job, if there is one; asks the cluster and does not wait for it. */
  public static void cancel() {
    JobClient job = RUNNING.get();
    if (job != null) {
      try {
        CompletableFuture<Void> unused = job.cancel();
      } catch (IllegalStateException e) {
        // Flink inside this process has shut down with its job, and its result is not known yet.
        RUNNING.compareAndSet(job, null);
      }
    }
  }

  /**
   * A streaming job, with a checkpoint every ten seconds unless set otherwise.
   *
   * <p>Bundles end before a checkpoint, with the watermark that they held back: Beam's runner else
   * ends them in it and forgets the watermark, so that with checkpoints as frequent as bundles a
   * sparse input leaves windows open for minutes. Inside this process, checkpoints are files: in
   * the heap, Flink's default, they may have no more than 5 MiB a step, beyond which the job would
   * start over and over.
   *
   * <p>Bundles end after {@value #BUNDLE_MILLIS} ms, rather than Beam's second: a segment waits for
   * the end of its bundle, because that is when batches are embedded.
   *
   * @param arguments options of Beam that the user gave
   */
  public static void stream(PipelineOptions options, List<String> arguments) {
    options.as(StreamingOptions.class).setStreaming(true);
    if (!FlinkRunner.class.isAssignableFrom(options.getRunner())) {
      return;
    }
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    logRestarts();
    flink.setFinishBundleBeforeCheckpointing(true);
    if (!Runs.isGiven(arguments, "--maxBundleTimeMills=")) {
      flink.setMaxBundleTimeMills(BUNDLE_MILLIS);
    }
    if (flink.getCheckpointingInterval() < 0) {
      flink.setCheckpointingInterval(CHECKPOINT_MILLIS);
    }
    if (isEmbedded(flink)) {
      if (FOLDER.get().toString().equals(flink.getFlinkConfDir())) {
        streamInside(flink);
      } else if (flink.getSavepointPath() != null) {
        throw new WrongUsageException(
            "For Flink inside this process, set execution.savepoint.path instead, in your own"
                + " configuration of Flink (FLINK_CONF_DIR, --flinkConfDir)");
      }
    }
  }

  private static void streamInside(FlinkPipelineOptions flink) {
    if (flink.getStateBackend() == null) {
      flink.setStateBackend("filesystem");
      if (flink.getStateBackendStoragePath() == null) {
        flink.setStateBackendStoragePath(checkpoints().toUri().toString());
      }
    }
    if (flink.getSavepointPath() != null) {
      flink.setFlinkConfDir(restoring(flink.getSavepointPath()).toString());
    }
  }

  /** Logs why a streaming job restarts: the warnings of its tasks. */
  private static void logRestarts() {
    String level = "org.slf4j.simpleLogger.log.org.apache.flink.runtime.taskmanager.Task";
    if (System.getProperty(level) == null) {
      System.setProperty(level, "warn");
    }
  }

  /** Where checkpoints of jobs inside this process are, for as long as it lives. */
  static Path checkpoints() {
    return FOLDER.get().resolve("checkpoints");
  }

  /** How long to wait between two calls of {@link #progress}. */
  static Duration progressInterval(PipelineOptions options) {
    return isStreamOnCluster(options) ? Duration.standardSeconds(10) : Duration.millis(500);
  }

  private static boolean isStreamOnCluster(PipelineOptions options) {
    return options.as(StreamingOptions.class).isStreaming()
        && !isEmbedded(options.as(FlinkPipelineOptions.class));
  }

  /** How far the running job is; empty before it runs, after its end, and without an answer. */
  static Optional<Snapshot> progress(PipelineOptions options) {
    JobClient job = RUNNING.get();
    if (job == null) {
      return Optional.empty();
    }
    try {
      if (isStreamOnCluster(options)) {
        FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
        return Optional.of(Snapshot.of(ClusterMetrics.sums(flink, job.getJobID())));
      }
      if (options.as(StreamingOptions.class).isStreaming()) {
        return Optional.of(Snapshot.of(StreamingMetrics.sums()));
      }
      Object counted = job.getAccumulators().get().get(FlinkMetricContainer.ACCUMULATOR_NAME);
      return Optional.ofNullable(counted)
          .map(MetricsContainerStepMap.class::cast)
          .map(MetricsContainerStepMap::asAttemptedOnlyMetricResults)
          .map(Snapshot::of);
    } catch (ExecutionException | IOException | IllegalStateException e) {
      // The job has just ended, or its cluster does not answer: the next line shows which.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void onJobSubmitted(JobClient job, Throwable failure) {
    RUNNING.set(job);
  }

  @Override
  public void onJobExecuted(JobExecutionResult result, Throwable failure) {
    RUNNING.set(null);
  }
}
