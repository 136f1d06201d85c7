package io.gemoclap.cli.console;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.MetricsFilter;

/**
 * One line on the terminal with the progress of a run; elsewhere a line every ten seconds. The
 * launcher sets {@code GEMOCLAP_TERMINAL} where standard error is a terminal.
 */
public final class Progress {
  /** Those of {@code DecodeAudio.failures} that are segments. */
  private static final String DECODED_UNJUDGED = "DecodeAudio.unjudged_segments";

  /** Segments that are in a corpus, or that it does not take. */
  private static final String EXPORTED = "ExportCorpus.segments";

  /** What is counted: namespace and name. */
  public static final Set<String> COUNTERS =
      Set.of(
          "DecodeAudio.recordings",
          "DecodeAudio.audio_milliseconds",
          "DecodeAudio.failures",
          DECODED_UNJUDGED,
          "ExtractFeatures.failures",
          "ReadRecordings.failures",
          "EmbedSpeech.failures",
          "ScoreEmotions.failures",
          "ScoreEmotions.segments",
          "ReadAnnotations.segments",
          EXPORTED);

  /** How often Flink has started a job over, by Flink's own name. */
  public static final String RESTARTS = "numRestarts";

  private static final long QUIET_NANOS = 10_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final long start = System.nanoTime();
  private long last = start;
  private final long total;
  private final Kind kind;
  private Snapshot before = new Snapshot(0, 0, 0, 0, 0, 0, 0);
  private Snapshot newest = before;
  private boolean shown;

  private enum Kind {
    ANNOTATION,
    SEGMENTS,
    EXPORT
  }

  /**
   * Begins now.
   *
   * @param total recordings to come, over all jobs; 0 if unknown
   */
  public Progress(PrintStream out, long total) {
    this(out, total, System.getenv("GEMOCLAP_TERMINAL") != null);
  }

  public Progress(PrintStream out, long total, boolean terminal) {
    this(out, total, terminal, Kind.ANNOTATION);
  }

  private Progress(PrintStream out, long total, boolean terminal, Kind kind) {
    this.out = out;
    this.total = total;
    this.terminal = terminal;
    this.kind = kind;
  }

  /**
   * The progress of a job that reads results and no audio. Begins now.
   *
   * @param total segments to come
   */
  public static Progress ofSegments(PrintStream out, long total) {
    return new Progress(out, total, System.getenv("GEMOCLAP_TERMINAL") != null, Kind.SEGMENTS);
  }

  /**
   * The progress of an export. Begins now.
   *
   * @param total segments of the results
   */
  public static Progress ofExport(PrintStream out, long total) {
    return new Progress(out, total, System.getenv("GEMOCLAP_TERMINAL") != null, Kind.EXPORT);
  }

  /**
   * Counts at one moment.
   *
   * @param recordings decoded recordings
   * @param audioSeconds their length
   * @param segments scored segments
   * @param failedRecordings recordings that failed as a whole, and messages that were not read
   * @param unjudgedSegments segments without a result
   * @param restarts how often Flink has started the job over; 0 where that is not counted
   * @param exportedSegments segments that are in a corpus, or that it does not take
   */
  public record Snapshot(
      long recordings,
      double audioSeconds,
      long segments,
      long failedRecordings,
      long unjudgedSegments,
      long restarts,
      long exportedSegments) {
    public static Snapshot of(MetricResults results) {
      Map<String, Long> sums = new HashMap<>();
      for (MetricResult<Long> counter :
          results.queryMetrics(MetricsFilter.builder().build()).getCounters()) {
        MetricName name = counter.getName();
        sums.merge(name.getNamespace() + "." + name.getName(), counter.getAttempted(), Long::sum);
      }
      return of(sums);
    }

    /** Of sums by the names in {@link #COUNTERS}, and {@link #RESTARTS}. */
    public static Snapshot of(Map<String, Long> sums) {
      long decodedUnjudged = sum(sums, DECODED_UNJUDGED);
      // The two counters are not read at the same moment.
      long undecoded = Math.max(0, sum(sums, "DecodeAudio.failures") - decodedUnjudged);
      return new Snapshot(
          sum(sums, "DecodeAudio.recordings"),
          sum(sums, "DecodeAudio.audio_milliseconds") / 1000.0,
          sum(sums, "ScoreEmotions.segments") + sum(sums, "ReadAnnotations.segments"),
          undecoded + sum(sums, "ReadRecordings.failures"),
          decodedUnjudged
              + sum(sums, "ExtractFeatures.failures")
              + sum(sums, "EmbedSpeech.failures")
              + sum(sums, "ScoreEmotions.failures"),
          sum(sums, RESTARTS),
          sum(sums, EXPORTED));
    }

    private static long sum(Map<String, Long> sums, String name) {
      return sums.getOrDefault(name, 0L);
    }

    private Snapshot plus(Snapshot other) {
      return new Snapshot(
          recordings + other.recordings,
          audioSeconds + other.audioSeconds,
          segments + other.segments,
          failedRecordings + other.failedRecordings,
          unjudgedSegments + other.unjudgedSegments,
          restarts + other.restarts,
          exportedSegments + other.exportedSegments);
    }
  }

  /** Keeps what a job has counted at its end; the next job counts from zero again. */
  public synchronized void add(Snapshot job) {
    before = before.plus(job);
    newest = before;
  }

  /** Shows what the present job has counted so far, together with those before it. */
  public synchronized void show(Snapshot job) {
    newest = before.plus(job);
    long time = System.nanoTime();
    if (terminal || time - last >= QUIET_NANOS) {
      print(newest, time);
    }
  }

  private void print(Snapshot now, long time) {
    last = time;
    shown = true;
    double elapsed = (time - start) / 1e9;
    String line =
        switch (kind) {
          case ANNOTATION -> line(now, elapsed);
          case SEGMENTS ->
              "%s of %s segments; %s without a result"
                  .formatted(now.segments, total, now.unjudgedSegments);
          case EXPORT ->
              "%s of %s segments read, %s finished"
                  .formatted(now.segments, total, now.exportedSegments);
        };
    if (terminal) {
      out.print("\r" + line + "    ");
      out.flush();
    } else {
      out.println(line);
    }
  }

  private String line(Snapshot now, double elapsed) {
    return String.format(
        Locale.ROOT,
        "%d%s recordings, %.2f h of audio, %d segments; %d recordings failed, %d segments"
            + " without a result; %.0f times real time%s",
        now.recordings,
        total == 0 ? "" : " of " + total,
        now.audioSeconds / 3600,
        now.segments,
        now.failedRecordings,
        now.unjudgedSegments,
        now.audioSeconds / elapsed,
        now.restarts == 0 ? "" : ", restarted " + now.restarts + " times");
  }

  /**
   * Ends the line, with what the jobs have counted at their end: the last line that a running job
   * has shown is older, and may lack all of its segments.
   */
  public synchronized void finish() {
    if (shown) {
      print(newest, System.nanoTime());
    }
    if (terminal && shown) {
      out.println();
    }
  }
}
