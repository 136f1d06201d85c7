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

  static String text(String recording, List<EmotionTurn> turns) {
    StringBuilder lines = new StringBuilder();
    for (EmotionTurn turn : turns) {
      lines.append(
          String.format(
              Locale.ROOT,
              "SPEAKER %s %d %.3f %.3f %s <NA> %s %.3f <NA>\n",
              field(fileId(recording)),
              turn.getChannel() + 1,
              turn.getStartSeconds(),
              turn.getEndSeconds() - turn.getStartSeconds(),
              field(turn.getEmotion()),
              field(Voices.name(turn)),
              turn.getConfidence()));
    }
    return lines.toString();
  }

  /** The name of the recording without folder and ending, as tools for diarisation use it. */
  private static String fileId(String recording) {
    String name = recording.substring(recording.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Fields are separated by white space. */
  private static String field(String text) {
    String field = Voices.oneLine(text).replaceAll("\\s+", "_");
    return field.isEmpty() ? "<NA>" : field;
  }
}
