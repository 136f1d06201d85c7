package io.gemoclap.export.turns;

import io.gemoclap.turns.EmotionTurn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Praat's TextGrid in its long text format. The intervals of a tier follow each other without gaps,
 * as Praat wants it: those without a label lie between the turns.
 */
final class TextGridFile {
  private TextGridFile() {}

  private record Interval(double start, double end, String text) {}

  static String text(List<EmotionTurn> turns) {
    double end = turns.stream().mapToDouble(EmotionTurn::getEndSeconds).max().orElse(0);
    Map<String, List<EmotionTurn>> tiers = Voices.tiers(turns);
    StringBuilder text =
        new StringBuilder("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n");
    text.append("xmin = 0\nxmax = ").append(number(end)).append('\n');
    text.append("tiers? <exists>\nsize = ").append(tiers.size()).append("\nitem []:\n");
    int item = 0;
    for (Map.Entry<String, List<EmotionTurn>> tier : tiers.entrySet()) {
      item++;
      List<Interval> intervals = intervals(tier.getValue(), end);
      text.append("    item [").append(item).append("]:\n");
      text.append("        class = \"IntervalTier\"\n");
      text.append("        name = ").append(quoted(tier.getKey())).append('\n');
      text.append("        xmin = 0\n        xmax = ").append(number(end)).append('\n');
      text.append("        intervals: size = ").append(intervals.size()).append('\n');
      for (int i = 0; i < intervals.size(); i++) {
        Interval interval = intervals.get(i);
        text.append("        intervals [").append(i + 1).append("]:\n");
        text.append("            xmin = ").append(number(interval.start)).append('\n');
        text.append("            xmax = ").append(number(interval.end)).append('\n');
        text.append("            text = ").append(quoted(interval.text)).append('\n');
      }
    }
    return text.toString();
  }

  private static List<Interval> intervals(List<EmotionTurn> turns, double end) {
    List<Interval> intervals = new ArrayList<>();
    double at = 0;
    for (EmotionTurn turn : turns) {
      if (turn.getStartSeconds() > at) {
        intervals.add(new Interval(at, turn.getStartSeconds(), ""));
      }
      intervals.add(new Interval(turn.getStartSeconds(), turn.getEndSeconds(), turn.getEmotion()));
      at = turn.getEndSeconds();
    }
    if (at < end) {
      intervals.add(new Interval(at, end, ""));
    }
    return intervals;
  }

  private static String number(double seconds) {
    return String.format(Locale.ROOT, "%.6f", seconds);
  }

  private static String quoted(String text) {
    return "\"" + Voices.oneLine(text).replace("\"", "\"\"") + "\"";
  }
}
