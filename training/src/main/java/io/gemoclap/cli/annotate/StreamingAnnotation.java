package io.gemoclap.cli.annotate;

import io.gemoclap.AnnotateSpeech;
import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.audio.DecodedRecording;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.WatchRecordings;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.EmbeddedFlink;
import io.gemoclap.embed.RefreshModel;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.LogFailures;
import io.gemoclap.kafka.ReadTexts;
import io.gemoclap.read.ResultFolder;
import io.gemoclap.refresh.Refreshed;
import io.gemoclap.score.EmotionPrompts;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.EmotionShares;
import io.gemoclap.score.RefreshPrompts;
import io.gemoclap.score.SummarizeRecordings;
import io.gemoclap.turns.EmotionTurns;
import io.gemoclap.write.OutputFormat;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/** The pipeline of {@code annotate} for input without end. */
final class StreamingAnnotation {
  private static final Duration LATE_FILES = Duration.standardMinutes(1);

  private final Pipeline pipeline;
  private final StreamingOptions options;
  private final AllowedRoots roots;
  private final List<PCollection<Failure>> failures = new ArrayList<>();

  StreamingAnnotation(Pipeline pipeline, StreamingOptions options, AllowedRoots roots) {
    this.pipeline = pipeline;
    this.options = options;
    this.roots = roots;
  }

  /**
   * Annotates the input and sends the results to all outputs.
   *
   * @param turns how segments are merged, for files alone; null if they are not
   */
  void build(
      String input,
      AnnotateSpeech annotate,
      Set<OutputFormat> formats,
      @Nullable EmotionTurns turns,
      List<String> outputs)
      throws IOException {
    boolean files = !outputs.stream().allMatch(output -> output.startsWith(StreamingOptions.KAFKA));
    if (turns != null && !files) {
      throw new WrongUsageException(
          "--turns writes files: add --output=<folder> to the topic, or leave out --turns");
    }
    AnnotateSpeech.Result result =
        recordings(input, outputs)
            .apply("Spread", Reshuffle.viaRandomKey())
            .apply("AnnotateSpeech", liveModel(liveLabels(annotate)).withSummaries(false));
    failures.add(result.failures());
    PCollection<EmotionScores> scores = result.scores().apply("WindowScores", windowed());
    PCollection<DecodedRecording> decoded = result.decoded().apply("WindowRecordings", windowed());
    PCollectionTuple all =
        PCollectionTuple.of(WriteAnnotations.SCORES, scores)
            .and(WriteAnnotations.DECODED, decoded)
            .and(
                WriteAnnotations.FAILURES,
                PCollectionList.of(failures)
                    .apply("AllFailures", Flatten.pCollections())
                    .apply("WindowFailures", windowed()));
    if (files) {
      all =
          all.and(
              WriteAnnotations.RECORDINGS,
              scores.apply("SummarizeRecordings", SummarizeRecordings.of(decoded)));
    }
    if (turns != null) {
      all = all.and(WriteAnnotations.TURNS, scores.apply("EmotionTurns", turns));
    }
    EmotionShares shares = options.shares();
    if (shares != null) {
      all =
          all.and(
              WriteAnnotations.SHARES,
              result.scores().apply("EmotionShares", shares).apply("WindowShares", windowed()));
    }
    for (String output : outputs) {
      if (output.startsWith(StreamingOptions.KAFKA)) {
        String topic = StreamingOptions.topic(output);
        all.apply("Publish to " + topic, options.publish(topic));
      } else {
        all.apply(
            "Write to " + output,
            WriteAnnotations.to(output).withFormats(formats).withPart(jobName(output)));
      }
    }
  }

  /**
   * The job's name, which its file names contain. A new job with an old name would count its panes
   * from zero again, and replace files.
   */
  private String jobName(String output) throws IOException {
    String job = pipeline.getOptions().getJobName();
    if (!job.matches("[\\w-]+")) {
      throw new WrongUsageException(
          "--jobName '%s' may contain only letters, digits, - and _, as file names include it"
              .formatted(job));
    }
    Pattern written = Pattern.compile("[a-z]+-" + job + "-\\d{8}T\\d{6}Z-.*");
    if (!EmbeddedFlink.isRestored(pipeline.getOptions())
        && new ResultFolder(output)
            .names().stream().anyMatch(name -> written.matcher(name).matches())) {
      throw new WrongUsageException(
          ("A job named '%s' has written to '%s', and this job would replace its files: resume"
                  + " from its savepoint or checkpoint (--savepointPath=<path>), or choose another"
                  + " --jobName")
              .formatted(job, output));
    }
    return job;
  }

  private PCollection<Recording> recordings(String input, List<String> outputs) throws IOException {
    if (!input.startsWith(StreamingOptions.KAFKA)) {
      return pipeline.apply(
          "WatchRecordings",
          WatchRecordings.matching(Inputs.watched(input, outputs))
              .withInterval(options.watchInterval()));
    }
    var read = pipeline.apply("ReadRecordings", options.read(StreamingOptions.topic(input)));
    addFailures("Unread", read.failures());
    return read.results();
  }

  private AnnotateSpeech liveLabels(AnnotateSpeech annotate) throws IOException {
    if (options.liveLabels() == null) {
      return annotate;
    }
    Refreshed<EmotionPrompts> refreshed =
        texts("Labels", options.liveLabels())
            .apply("RefreshPrompts", RefreshPrompts.with(annotate.bundle()));
    addFailures("RefusedLabels", refreshed.failures());
    return annotate.withScoring(score -> score.withLivePrompts(refreshed.newest()));
  }

  private AnnotateSpeech liveModel(AnnotateSpeech annotate) throws IOException {
    if (options.liveModel() == null) {
      return annotate;
    }
    Refreshed<BundleRef> refreshed =
        texts("Model", options.liveModel())
            .apply("RefreshModel", RefreshModel.with(annotate.bundle()).withAllowedRoots(roots));
    addFailures("RefusedModels", refreshed.failures());
    return annotate.withLiveModel(refreshed.newest());
  }

  /** Failures that {@code AnnotateSpeech} has not logged. */
  private void addFailures(String name, PCollection<Failure> some) {
    failures.add(some.apply("Log" + name, LogFailures.create()));
  }

  /** What a topic or a file that changes says. */
  private PCollection<String> texts(String name, String uri) throws IOException {
    if (uri.startsWith(StreamingOptions.KAFKA)) {
      return pipeline.apply(
          "Read" + name, ReadTexts.from(options.connection(), StreamingOptions.topic(uri)));
    }
    return pipeline.apply("Watch" + name, WatchTexts.of(uri));
  }

  /**
   * Windows are for files alone, after everything else, so that what is late for them still reaches
   * a topic. Late results still get files, gathered over a minute.
   */
  private <T> Window<T> windowed() {
    return Window.<T>into(FixedWindows.of(options.window()))
        .triggering(
            AfterWatermark.pastEndOfWindow()
                .withLateFirings(
                    AfterProcessingTime.pastFirstElementInPane().plusDelayOf(lateFiles())))
        .withAllowedLateness(options.allowedLateness())
        .discardingFiredPanes();
  }

  /**
   * Longer than from checkpoint to checkpoint: two late files of a window behind one checkpoint
   * would become one after a restart, and the second would stay.
   */
  private Duration lateFiles() {
    long interval = pipeline.getOptions().as(FlinkPipelineOptions.class).getCheckpointingInterval();
    return Duration.millis(Math.max(LATE_FILES.getMillis(), 2 * interval));
  }
}
