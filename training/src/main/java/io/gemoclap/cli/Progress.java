package io.gemoclap.cli;

import java.io.PrintStream;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.MetricsFilter;

/**
 * One line on the terminal that tells how far a run is; a line every ten seconds elsewhere. The
 * launcher sets {@code GEMOCLAP_TERMINAL} where standard error is a terminal.
 */
final class Progress {
  private static final long QUIET_NANOS = 10_000_000_000L;

  private final PrintStream out;
  private final boolean terminal = System.getenv("GEMOCLAP_TERMINAL") != null;
  private final long start = System.nanoTime();
  private long last = start;
  private final long total;
  private Snapshot before = new Snapshot(0, 0, 0, 0);
  private boolean shown;

  /**
   * Begins now.
   *
   * @param total recordings to come, over all jobs; 0 if unknown
   */
  Progress(PrintStream out, long total) {
    this.out = out;
    this.total = total;
  }

  /**
   * Counts at one moment.
   *
   * @param recordings decoded recordings
   * @param audioSeconds their length
   * @param segments scored segments
   * @param failures failed items
   */
  record Snapshot(long recordings, double audioSeconds, long segments, long failures) {
    static Snapshot of(MetricResults results) {
      MetricQueryResults metrics =
          results.queryMetrics(
              MetricsFilter.builder()
                  .addNameFilter(MetricNameFilter.named("DecodeAudio", "recordings"))
                  .addNameFilter(MetricNameFilter.named("DecodeAudio", "audio_milliseconds"))
                  .addNameFilter(MetricNameFilter.named("DecodeAudio", "failures"))
                  .addNameFilter(MetricNameFilter.named("ExtractFeatures", "failures"))
                  .addNameFilter(MetricNameFilter.named("EmbedSpeech", "failures"))
                  .addNameFilter(MetricNameFilter.named("ScoreEmotions", "segments"))
                  .build());
      return new Snapshot(
          sum(metrics, "recordings"),
          sum(metrics, "audio_milliseconds") / 1000.0,
          sum(metrics, "segments"),
          sum(metrics, "failures"));
    }

    private Snapshot plus(Snapshot other) {
      return new Snapshot(
          recordings + other.recordings,
          audioSeconds + other.audioSeconds,
          segments + other.segments,
          failures + other.failures);
    }

    private static long sum(MetricQueryResults metrics, String name) {
      long sum = 0;
      for (MetricResult<Long> counter : metrics.getCounters()) {
        if (counter.getName().getName().equals(name)) {
          sum += counter.getAttempted();
        }
      }
      return sum;
    }
  }

  /** Keeps what a job has counted at its end; the next job counts from zero again. */
  synchronized void add(Snapshot job) {
    before = before.plus(job);
  }

  /** Tells what the present job has counted so far, together with those before it. */
  synchronized void show(Snapshot job) {
    Snapshot now = before.plus(job);
    long time = System.nanoTime();
    if (!terminal && time - last < QUIET_NANOS) {
      return;
    }
    last = time;
    shown = true;
    double elapsed = (time - start) / 1e9;
    String line =
        "%d%s recordings, %.2f h of audio, %d segments, %d failures, %.0f times real time"
            .formatted(
                now.recordings,
                total == 0 ? "" : " of " + total,
                now.audioSeconds / 3600,
                now.segments,
                now.failures,
                now.audioSeconds / elapsed);
    if (terminal) {
      out.print("\r" + line + "    ");
      out.flush();
    } else {
      out.println(line);
    }
  }

  /** Ends the line. */
  synchronized void finish() {
    if (terminal && shown) {
      out.println();
    }
  }
}
