package io.gemoclap.training.report;

import com.google.common.net.PercentEscaper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Learning curves as TensorBoard event files, one folder a fold. */
final class Events {
  private Events() {}

  /**
   * Writes {@code <folder>/<fold>/events.out.tfevents.<start>.gemoclap} for each fold that has
   * epochs. The step is the epoch. Curves carry no times, so every event bears the start of the
   * run. Equal runs write equal files, over those of before.
   */
  static void write(FinishedRun run, Path folder) throws IOException {
    double start = seconds(run.info().started());
    for (Map.Entry<String, List<EpochRow>> fold : LearningCurves.byFold(run.curves()).entrySet()) {
      Path file =
          Files.createDirectories(folder.resolve(fileName(fold.getKey())))
              .resolve("events.out.tfevents." + (long) start + ".gemoclap");
      try (EventFile events =
          new EventFile(new BufferedOutputStream(Files.newOutputStream(file)), start)) {
        for (EpochRow epoch : fold.getValue()) {
          events.add(start, epoch.epoch(), scalars(epoch));
        }
      }
    }
  }

  private static Map<String, Double> scalars(EpochRow epoch) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("loss", epoch.loss());
    scalars.put("learning_rate", epoch.learningRate());
    scalars.put("dev_war", epoch.devWar());
    scalars.put("dev_uar", epoch.devUar());
    scalars.put("dev_loss", epoch.devLoss());
    scalars.put("test_uar", epoch.testUar());
    scalars.put("audio_seconds_per_second", epoch.audioSecondsPerSecond());
    scalars.values().removeIf(Objects::isNull);
    return scalars;
  }

  private static double seconds(String started) {
    try {
      return started == null ? 0 : Instant.parse(started).toEpochMilli() / 1000.0;
    } catch (DateTimeParseException e) {
      return 0; // a run of an unknown time; TensorBoard shows steps all the same
    }
  }

  /** A fold's name as the name of one folder: percent-encoded but for letters, digits and +-_. */
  static String fileName(String fold) {
    return new PercentEscaper("+-_", false).escape(fold);
  }
}
