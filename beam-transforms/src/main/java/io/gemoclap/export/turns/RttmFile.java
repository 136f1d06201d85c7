package io.gemoclap.export.turns;

import io.gemoclap.turns.EmotionTurn;
import java.util.List;
import java.util.Locale;

/**
 * RTTM: an object of type {@code SPEAKER} for each turn. RTTM has no field for emotion, so the
 * orthography field has the label. Channels are numbered from 1.
 */
final class RttmFile {
  private RttmFile() {}

  static String text(String fileId, List<EmotionTurn> turns) {
    StringBuilder lines = new StringBuilder();
    for (EmotionTurn turn : turns) {
      lines.append(
          String.format(
              Locale.ROOT,
              "SPEAKER %s %d %.3f %.3f %s <NA> %s %.3f <NA>\n",
              field(fileId),
              turn.getChannel() + 1,
              turn.getStartSeconds(),
              turn.getEndSeconds() - turn.getStartSeconds(),
              field(turn.getEmotion()),
              field(Voices.name(turn)),
              turn.getConfidence()));
    }
    return lines.toString();
  }

  /** Fields are separated by white space. */
  private static String field(String text) {
    String field = Voices.oneLine(text).replaceAll("\\s+", "_");
    return field.isEmpty() ? "<NA>" : field;
  }
}
