package io.gemoclap.spans;

import io.gemoclap.audio.segment.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * WebVTT, as the W3C's recommendation "WebVTT: The Web Video Text Tracks Format" defines it. Each
 * cue is a segment. Its speaker is that of its voice spans ({@code <v Ada>}); a cue in which
 * several voices speak does not say when, and has none. Comments, styles and regions are passed
 * over.
 */
final class WebVttReader {
  private static final String ARROW = "-->";
  private static final Pattern TIME =
      Pattern.compile("(?:(\\d{2,9}):)?([0-5]\\d):([0-5]\\d\\.\\d{3})");
  private static final Pattern VOICE = Pattern.compile("<v(?:\\.[^\\s>]*)?[ \\t]+([^>]*)>");

  private WebVttReader() {}

  static void read(String name, String text, SpanCollector spans) throws IOException {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).matches("WEBVTT([ \\t].*)?")) {
      throw new IOException(
          "'%s' is no WebVTT file: its first line must be WEBVTT".formatted(name));
    }
    int at = 1;
    while (at < lines.size()) {
      int begin = at;
      while (at < lines.size() && !lines.get(at).isEmpty()) {
        at++;
      }
      if (at > begin) {
        block(lines, begin, at, spans);
      }
      at++;
    }
  }

  /** A cue, with or without an identifier before its times, or something else. */
  private static void block(List<String> lines, int begin, int end, SpanCollector spans) {
    String first = lines.get(begin);
    // The header may go on in the second line.
    boolean header = begin == 1 && !isCue(lines, begin, end);
    if (header || first.matches("(NOTE|STYLE|REGION)([ \\t].*)?")) {
      return;
    }
    int timing = first.contains(ARROW) ? begin : begin + 1;
    if (timing >= end || !lines.get(timing).contains(ARROW)) {
      spans.problem(begin + 1L, "", "it is no cue: times with --> are missing");
      return;
    }
    String[] times = lines.get(timing).split(ARROW, 2);
    // Settings of the cue follow its end.
    String till = times[1].strip().split("\\s+", 2)[0];
    Matcher start = TIME.matcher(times[0].strip());
    Matcher stop = TIME.matcher(till);
    if (!start.matches() || !stop.matches()) {
      spans.problem(timing + 1L, "", "'%s' are no times".formatted(lines.get(timing).strip()));
      return;
    }
    String payload = String.join("\n", lines.subList(timing + 1, end));
    spans.add(timing + 1L, "", seconds(start), seconds(stop), speaker(payload), Span.EVERY_CHANNEL);
  }

  private static boolean isCue(List<String> lines, int begin, int end) {
    return lines.subList(begin, end).stream().anyMatch(line -> line.contains(ARROW));
  }

  private static double seconds(Matcher time) {
    long hours = time.group(1) == null ? 0 : Long.parseLong(time.group(1));
    long minutes = 60 * hours + Long.parseLong(time.group(2));
    return SpanCollector.sum(60.0 * minutes, Double.parseDouble(time.group(3)));
  }

  private static String speaker(String payload) {
    List<String> voices = new ArrayList<>();
    VOICE
        .matcher(payload)
        .results()
        .map(voice -> unescaped(voice.group(1)).strip())
        .filter(voice -> !voices.contains(voice))
        .forEach(voices::add);
    return voices.size() == 1 ? voices.get(0) : "";
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&lrm;", "")
        .replace("&rlm;", "")
        .replace("&amp;", "&");
  }
}
