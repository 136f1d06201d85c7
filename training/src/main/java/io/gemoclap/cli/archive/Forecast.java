package io.gemoclap.cli.archive;

import java.util.Locale;

/**
 * What a run would do, and how long it should take, judged by what is done.
 *
 * @param recordings recordings of the input
 * @param left those that would run
 * @param retried those of them that failed before
 * @param retriable recordings that failed before and could be tried again
 * @param parts what is done
 */
public record Forecast(int recordings, int left, int retried, int retriable, FinishedParts parts) {

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s recordings: %s done, %s would run".formatted(recordings, recordings - left, left));
    if (retried > 0) {
      text.append(", %s of them again after a failure".formatted(retried));
    } else if (retriable > 0) {
      text.append("; --retry-failures would repeat %s more that failed".formatted(retriable));
    }
    text.append(".\n");
    double done = parts.sum("recordings");
    double audio = parts.sum("audio_seconds");
    if (left > 0 && audio > 0) {
      double expected = left * audio / done;
      double factor = parts.sum("wall_seconds") / audio;
      text.append(
          String.format(
              Locale.ROOT,
              "Done: %.2f h of audio, at %.0f times real time. The rest is an estimated %.2f h of"
                  + " audio, if recordings are as long on average, and should take about %s.%n",
              audio / 3600,
              1 / factor,
              expected / 3600,
              duration(expected * factor)));
    } else if (left > 0) {
      text.append("No recording is done yet, so hours and time cannot be estimated.\n");
    }
    return text.toString();
  }

  private static String duration(double seconds) {
    return seconds < 90
        ? String.format(Locale.ROOT, "%.0f s", seconds)
        : seconds < 5_400
            ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
            : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}
