package io.gemoclap.spans;

import io.gemoclap.audio.segment.Span;
import java.util.Iterator;

/**
 * Audacity's labels, as its manual ("Importing and Exporting Labels") defines them: lines of start,
 * end and label, which tabs separate. Lines that begin with a backslash give the frequencies of the
 * label before, and are passed over. A point label, whose start is its end, is no segment.
 */
final class AudacityReader {
  private AudacityReader() {}

  static void read(String text, SpanChoices choices, SpanCollector spans) {
    SpeakerSource source = choices.speaker() == null ? SpeakerSource.LABEL : choices.speaker();
    Iterator<String> lines = text.lines().iterator();
    for (long line = 1; lines.hasNext(); line++) {
      String content = lines.next();
      if (content.isBlank() || content.startsWith("\\")) {
        continue;
      }
      String[] fields = content.split("\t", 3);
      if (fields.length < 2) {
        spans.problem(line, "", "tabs must separate start, end and label");
        continue;
      }
      String speaker = fields.length > 2 && source == SpeakerSource.LABEL ? fields[2] : "";
      spans.add(line, "", point(fields[0]), point(fields[1]), speaker, Span.EVERY_CHANNEL);
    }
  }

  /** Old versions write a decimal comma in some languages. */
  private static String point(String number) {
    return number.replace(',', '.');
  }
}
