package io.gemoclap.spans;

import io.gemoclap.audio.segment.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes the entries of a file while it is read. Not thread-safe. */
final class SpanCollector {
  private static final double UNKNOWN = -1;

  /** Java also reads 1d and 0x1p3. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private final List<SpanFile.Entry> spans = new ArrayList<>();
  private final List<SpanFile.Problem> problems = new ArrayList<>();

  /** Adds a segment by the text of its times; with a decimal point. */
  void add(long line, String recording, String start, String end, String speaker, int channel) {
    double from = seconds(start);
    double to = seconds(end);
    if (Double.isNaN(from) || Double.isNaN(to)) {
      String wrong = Double.isNaN(from) ? start : end;
      problem(line, recording, from, "'%s' is not a number of seconds".formatted(wrong.strip()));
    } else {
      add(line, recording, from, to, speaker, channel);
    }
  }

  /** Adds a segment, if its times are those of a segment. */
  void add(long line, String recording, double start, double end, String speaker, int channel) {
    if (!Double.isFinite(start) || !Double.isFinite(end)) {
      problem(line, recording, start, "%s s to %s s are no times".formatted(start, end));
    } else if (start < 0) {
      problem(line, recording, UNKNOWN, "it begins at %s s, before the recording".formatted(start));
    } else if (end <= start) {
      problem(
          line,
          recording,
          start,
          "it ends at %s s, but begins at %s s: the end must be after the start"
              .formatted(end, start));
    } else {
      spans.add(
          new SpanFile.Entry(recording, line, new Span(start, end, speaker.strip(), channel)));
    }
  }

  /** Adds an entry that is no segment. */
  void problem(long line, String recording, String message) {
    problem(line, recording, UNKNOWN, message);
  }

  private void problem(long line, String recording, double start, String message) {
    double known = start >= 0 && Double.isFinite(start) ? start : UNKNOWN;
    problems.add(new SpanFile.Problem(recording, line, known, message));
  }

  SpanFile file() {
    return new SpanFile(spans, problems);
  }

  /** A number as a file has it; NaN if it is none. */
  static double seconds(String text) {
    String number = text.strip();
    return NUMBER.matcher(number).matches() ? Double.parseDouble(number) : Double.NaN;
  }

  /** A sum in microseconds: of the binary fractions 0.1 and 0.2 it is 0.3. */
  static double sum(double start, double duration) {
    double sum = start + duration;
    return Double.isFinite(sum) ? Math.round(sum * 1e6) / 1e6 : sum;
  }
}
