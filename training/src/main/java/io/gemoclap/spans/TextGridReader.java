package io.gemoclap.spans;

import io.gemoclap.audio.segment.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Praat's TextGrid files, long and short. As Praat's manual ("TextGrid file formats") says, only
 * free-standing numbers, texts in double quotes and flags count, whatever is written between them;
 * so both forms are the same. A double quote in a text is doubled, and {@code !} begins a comment.
 *
 * <p>An interval with a label is a segment; one without stands for silence, since intervals leave
 * no gaps. Point tiers have no segments.
 */
final class TextGridReader {
  private final String name;
  private final String text;
  private int at;
  private long line = 1;

  private TextGridReader(String name, String text) {
    this.name = name;
    this.text = text;
  }

  private record Interval(long line, double start, double end, String label) {}

  private record Tier(String name, List<Interval> intervals) {}

  static void read(String name, String text, SpanChoices choices, SpanCollector spans)
      throws IOException {
    List<Tier> tiers = new TextGridReader(name, text).tiers();
    List<Tier> used = new ArrayList<>(tiers);
    if (choices.tier() != null) {
      used.removeIf(tier -> !tier.name().equals(choices.tier()));
      if (used.isEmpty()) {
        throw new IOException(
            "'%s' has no interval tier '%s'; it has %s"
                .formatted(name, choices.tier(), tiers.stream().map(Tier::name).toList()));
      }
    }
    SpeakerSource source = choices.speaker();
    if (source == null) {
      source = used.size() > 1 ? SpeakerSource.TIER : SpeakerSource.NONE;
    }
    for (Tier tier : used) {
      for (Interval each : tier.intervals()) {
        if (!each.label().isBlank()) {
          String speaker =
              switch (source) {
                case TIER -> tier.name();
                case LABEL -> each.label();
                case NONE -> "";
              };
          spans.add(each.line(), "", each.start(), each.end(), speaker, Span.EVERY_CHANNEL);
        }
      }
    }
  }

  private List<Tier> tiers() throws IOException {
    String type = string("the type of the file");
    if (!type.startsWith("ooTextFile") || !string("its class").equals("TextGrid")) {
      throw new IOException(
          "'%s' is no TextGrid in a text file: save it in Praat with \"Save as text file\""
              .formatted(name));
    }
    number("the start");
    number("the end");
    List<Tier> tiers = new ArrayList<>();
    if (!nextToken("whether there are tiers").equals("<exists>")) {
      return tiers;
    }
    for (long left = count("the number of tiers"); left > 0; left--) {
      String kind = string("the class of a tier");
      String tier = string("the name of a tier");
      number("the start of a tier");
      number("the end of a tier");
      long size = count("the size of a tier");
      if (kind.equals("IntervalTier")) {
        List<Interval> intervals = new ArrayList<>();
        for (; size > 0; size--) {
          double start = number("the start of an interval");
          long where = line;
          double end = number("the end of an interval");
          intervals.add(new Interval(where, start, end, string("the label of an interval")));
        }
        tiers.add(new Tier(tier, intervals));
      } else if (kind.equals("TextTier")) {
        for (; size > 0; size--) {
          number("the time of a point");
          string("the label of a point");
        }
      } else {
        throw refused("a tier is of the class '%s', not IntervalTier or TextTier".formatted(kind));
      }
    }
    return tiers;
  }

  private String string(String what) throws IOException {
    String token = nextToken(what);
    if (!token.startsWith("\"")) {
      throw refused("%s is %s, not text in quotes".formatted(what, token));
    }
    return token.substring(1);
  }

  private double number(String what) throws IOException {
    String token = nextToken(what);
    double number = SpanCollector.seconds(token);
    if (Double.isNaN(number)) {
      throw refused("%s is %s, not a number".formatted(what, token));
    }
    return number;
  }

  private long count(String what) throws IOException {
    double number = number(what);
    if (number < 0 || number != Math.rint(number)) {
      throw refused("%s is %s".formatted(what, number));
    }
    return (long) number;
  }

  private String nextToken(String what) throws IOException {
    String token = token();
    if (token == null) {
      throw refused("the file ends where %s should be".formatted(what));
    }
    return token;
  }

  /** The next number, flag, or text after a quote; null at the end. */
  private @Nullable String token() throws IOException {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        return quoted();
      }
      if (c == '!') {
        skipTo('\n');
      } else if (Character.isWhitespace(c)) {
        pass();
      } else {
        int from = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
          at++;
        }
        String word = text.substring(from, at);
        boolean flag = word.startsWith("<") && word.endsWith(">");
        if (flag || !Double.isNaN(SpanCollector.seconds(word)) || word.equals("--undefined--")) {
          return word;
        }
      }
    }
    return null;
  }

  private String quoted() throws IOException {
    StringBuilder content = new StringBuilder("\"");
    long begin = line;
    at++;
    while (at < text.length()) {
      if (text.charAt(at) != '"') {
        content.append(text.charAt(at));
        pass();
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
        content.append('"');
        at += 2;
      } else {
        at++;
        return content.toString();
      }
    }
    line = begin;
    throw refused("a text in quotes does not end");
  }

  private void skipTo(char end) {
    while (at < text.length() && text.charAt(at) != end) {
      at++;
    }
  }

  private void pass() {
    line += text.charAt(at) == '\n' ? 1 : 0;
    at++;
  }

  private IOException refused(String why) {
    return new IOException("'%s', line %s: %s".formatted(name, line, why));
  }
}
