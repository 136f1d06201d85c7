package io.gemoclap.export.turns;

import io.gemoclap.turns.EmotionTurn;
import java.util.List;
import java.util.Locale;

/** WebVTT: a cue for each turn, with the speaker in a voice tag if that is known. */
final class WebVttFile {
  private WebVttFile() {}

  static String text(List<EmotionTurn> turns) {
    StringBuilder text = new StringBuilder("WEBVTT\n");
    for (EmotionTurn turn : turns) {
      text.append('\n')
          .append(time(turn.getStartSeconds()))
          .append(" --> ")
          .append(time(turn.getEndSeconds()))
          .append('\n');
      if (!turn.getSpeaker().isEmpty()) {
        text.append("<v ").append(escaped(turn.getSpeaker())).append('>');
      }
      text.append(escaped(turn.getEmotion())).append('\n');
    }
    return text.toString();
  }

  private static String time(double seconds) {
    long millis = Math.round(seconds * 1000);
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        millis / 3_600_000,
        millis / 60_000 % 60,
        millis / 1_000 % 60,
        millis % 1_000);
  }

  private static String escaped(String text) {
    return Voices.oneLine(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
