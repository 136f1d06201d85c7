package io.gemoclap.training.run;

import io.gemoclap.table.JsonLines;
import io.gemoclap.training.report.EpochRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells how far the folds of a run are, by looking at their learning curves in the run's folder:
 * whatever runner trains them, and on whatever machine. One line a fold, at most every five
 * seconds.
 */
final class FoldProgress implements AutoCloseable {
  private static final long PERIOD_MILLIS = 5_000;

  private final RunFolder run;
  private final List<String> parts;
  private final int epochs;
  private final Consumer<String> log;
  private final Map<String, Integer> told = new HashMap<>();
  private final Map<String, Seen> first = new HashMap<>();

  /** The first row that was seen of a part, and when. */
  private record Seen(int epoch, long nanos) {}

  private final Thread thread = new Thread(this::watch, "fold-progress");

  FoldProgress(RunFolder run, List<String> parts, int epochs, Consumer<String> log) {
    this.run = run;
    this.parts = parts;
    this.epochs = epochs;
    this.log = log;
    thread.setDaemon(true);
    thread.start();
  }

  private List<EpochRow> rows(String part) throws IOException {
    return JsonLines.rows(run.part(part).resolve("curves.jsonl"), EpochRow.class);
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(PERIOD_MILLIS);
        tell();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.accept("The progress of the folds cannot be read: " + e.getMessage());
    }
  }

  private synchronized void tell() throws IOException {
    for (String part : parts) {
      List<EpochRow> rows = rows(part);
      if (rows.isEmpty()) {
        continue;
      }
      EpochRow row = rows.get(rows.size() - 1);
      first.putIfAbsent(part, new Seen(row.epoch(), System.nanoTime()));
      Integer before = told.put(part, row.epoch());
      if (before == null || before != row.epoch()) {
        log.accept(line(part, row));
      }
    }
  }

  private String line(String part, EpochRow row) {
    StringBuilder line = new StringBuilder();
    line.append(part.equals(RunFolder.FINAL) ? part : "fold " + part + " (" + row.fold() + ")");
    line.append("  epoch ").append(row.epoch()).append('/').append(epochs);
    append(line, "  loss %.4f", row.loss());
    append(line, "  dev UAR %.3f", row.devUar());
    append(line, "  %.0f audio s/s", row.audioSecondsPerSecond());
    int done = row.epoch() - first.get(part).epoch();
    if (done > 0 && row.epoch() < epochs) {
      double elapsed = (System.nanoTime() - first.get(part).nanos()) / 1e9;
      append(line, "  at most %.0f s to go", elapsed / done * (epochs - row.epoch()));
    }
    return line.toString();
  }

  private static void append(StringBuilder line, String format, Double value) {
    if (value != null) {
      line.append(String.format(Locale.ROOT, format, value));
    }
  }

  @Override
  public void close() throws IOException {
    thread.interrupt();
    tell();
  }
}
