package io.gemoclap.spans;

import io.gemoclap.audio.segment.Span;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;

/**
 * Rich Transcription Time Marked files, as appendix A of NIST's "2009 (RT-09) Rich Transcription
 * Meeting Recognition Evaluation Plan" defines them: lines of fields that white space separates,
 * {@code type file channel start duration orthography subtype speaker confidence [lookahead]}.
 * Objects of type SPEAKER are segments; those of other types are passed over, and so are comments
 * ({@code ;;}). Channels are numbered from 1; 0, which some tools write, and {@code <NA>} mean all.
 */
final class RttmReader {
  private static final Set<String> TYPES =
      Set.of(
          "SEGMENT",
          "NOSCORE",
          "NO_RT_METADATA",
          "LEXEME",
          "NON-LEX",
          "NON-SPEECH",
          "FILLER",
          "EDIT",
          "IP",
          "SU",
          "CB",
          "A/P",
          "SPEAKER",
          "SPKR-INFO");
  private static final String NONE = "<NA>";

  /** Type, file, channel, start, duration, orthography, subtype and speaker. */
  private static final int FIELDS = 8;

  private RttmReader() {}

  static void read(String name, String text, SpanCollector spans) throws IOException {
    Iterator<String> lines = text.lines().iterator();
    for (long line = 1; lines.hasNext(); line++) {
      String content = lines.next().strip();
      if (content.isEmpty() || content.startsWith(";;")) {
        continue;
      }
      String[] fields = content.split("\\s+");
      if (!TYPES.contains(fields[0])) {
        throw new IOException(
            "'%s' is no RTTM file: line %s begins with '%s', which is no type of RTTM"
                .formatted(name, line, fields[0]));
      }
      if (fields[0].equals("SPEAKER")) {
        speaker(line, fields, spans);
      }
    }
  }

  private static void speaker(long line, String[] fields, SpanCollector spans) {
    String recording = fields.length > 1 ? fields[1] : "";
    if (fields.length < FIELDS) {
      spans.problem(
          line, recording, "it has %s fields, but at least 8 are needed".formatted(fields.length));
      return;
    }
    if (!fields[2].equals(NONE) && !fields[2].matches("\\d{1,9}")) {
      spans.problem(line, recording, "channel '%s' is not a number".formatted(fields[2]));
      return;
    }
    int number = fields[2].equals(NONE) ? 0 : Integer.parseInt(fields[2]);
    int channel = number == 0 ? Span.EVERY_CHANNEL : number - 1;
    String speaker = fields[7].equals(NONE) ? "" : fields[7];
    double start = SpanCollector.seconds(fields[3]);
    double duration = SpanCollector.seconds(fields[4]);
    if (Double.isNaN(start) || Double.isNaN(duration)) {
      String wrong = Double.isNaN(start) ? fields[3] : fields[4];
      spans.problem(line, recording, "'%s' is not a number of seconds".formatted(wrong));
    } else if (start >= 0 && duration <= 0) {
      spans.problem(
          line, recording, "its duration is %s s, but must be above 0".formatted(duration));
    } else {
      spans.add(line, recording, start, SpanCollector.sum(start, duration), speaker, channel);
    }
  }
}
