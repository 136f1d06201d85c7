package io.gemoclap.export.turns;

import io.gemoclap.turns.EmotionTurn;
import java.util.List;
import java.util.Locale;

/** Audacity's label track; the label is the emotion, after the speaker if that is known. */
final class LabelTrack {
  private LabelTrack() {}

  static String text(List<EmotionTurn> turns) {
    StringBuilder lines = new StringBuilder();
    for (EmotionTurn turn : turns) {
      String label =
          turn.getSpeaker().isEmpty()
              ? turn.getEmotion()
              : turn.getSpeaker() + ": " + turn.getEmotion();
      lines.append(
          String.format(
              Locale.ROOT,
              "%.6f\t%.6f\t%s\n",
              turn.getStartSeconds(),
              turn.getEndSeconds(),
              Voices.oneLine(label)));
    }
    return lines.toString();
  }
}
