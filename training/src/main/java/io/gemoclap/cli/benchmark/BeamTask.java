package io.gemoclap.cli.benchmark;

import io.gemoclap.AnnotateSpeech;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.segment.Segmenter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Reshuffle;

/**
 * The whole pipeline over files, each recording one segment. Building, starting and stopping it
 * count.
 *
 * @param name unique name
 * @param model URI of the bundle
 * @param clips what to annotate
 * @param copies how many times
 * @param options the runner's
 */
record BeamTask(String name, String model, List<Clip> clips, int copies, PipelineOptions options)
    implements Task {
  /** One run, whatever time is asked for: {@code copies} decides how long it takes. */
  @Override
  public Cost measure(double cpuSeconds) throws IOException {
    List<Recording> recordings = new ArrayList<>();
    for (int copy = 0; copy < copies; copy++) {
      for (Clip clip : clips) {
        recordings.add(Recording.bytes(copy + "/" + clip.file(), clip.encoded()));
      }
    }
    double start = Task.cpu();
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Clips", Create.of(recordings))
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply(
            AnnotateSpeech.with(model)
                .withDecoding(DecodeAudio.recordings().withSegmenter(Segmenter.whole())));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    double spent = Task.cpu() - start;
    long scored = scored(result);
    if (scored != recordings.size()) {
      throw new IOException(
          "The pipeline scored " + scored + " of " + recordings.size() + " recordings");
    }
    return new Cost(copies * Clip.seconds(clips), spent);
  }

  private static long scored(PipelineResult result) {
    long sum = 0;
    for (MetricResult<Long> counter :
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.named("ScoreEmotions", "segments"))
                    .build())
            .getCounters()) {
      sum += counter.getAttempted();
    }
    return sum;
  }
}
