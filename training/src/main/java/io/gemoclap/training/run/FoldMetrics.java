package io.gemoclap.training.run;

import io.gemoclap.table.JsonLines;
import io.gemoclap.training.report.EpochRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * A fold's learning curve as Beam metrics. Over all folds, the counter {@code epochs}; of each, the
 * gauges {@code fold_<name>_epoch}, {@code …_loss_millionths}, {@code …_dev_uar_millionths} (with a
 * development part) and {@code …_audio_seconds_per_second}: Beam's gauges hold whole numbers.
 *
 * <p>Called by the thread that processes the fold's element, since Beam attributes metrics by
 * thread.
 */
final class FoldMetrics {
  private static final double MILLION = 1e6;

  private final String stage;
  private final String part;
  private final Path curves;
  private final Counter epochs;
  private int seen;

  /**
   * Follows a part of a run.
   *
   * @param stage namespace of the metrics
   */
  FoldMetrics(String stage, RunFolder run, String part) {
    this.stage = stage;
    this.part = part;
    this.curves = run.part(part).resolve("curves.jsonl");
    this.epochs = Metrics.counter(stage, "epochs");
  }

  /** Reports the new rows. */
  void update() {
    List<EpochRow> rows;
    try {
      rows = JsonLines.rows(curves, EpochRow.class);
    } catch (IOException e) {
      throw new UncheckedIOException("The curve " + curves + " cannot be read", e);
    }
    if (rows.size() <= seen) {
      return;
    }
    EpochRow row = rows.get(rows.size() - 1);
    epochs.inc(rows.size() - seen);
    seen = rows.size();
    gauge("epoch", row.epoch());
    gauge("loss_millionths", MILLION * row.loss());
    if (row.devUar() != null) {
      gauge("dev_uar_millionths", MILLION * row.devUar());
    }
    if (row.audioSecondsPerSecond() != null) {
      gauge("audio_seconds_per_second", row.audioSecondsPerSecond());
    }
  }

  private void gauge(String name, double value) {
    Metrics.gauge(stage, "fold_" + part + "_" + name).set(Math.round(value));
  }
}
