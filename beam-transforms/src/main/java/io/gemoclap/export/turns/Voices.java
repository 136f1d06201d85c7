package io.gemoclap.export.turns;

import io.gemoclap.turns.EmotionTurn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names of voices, and tiers for formats in which the turns of a tier must not overlap. */
final class Voices {
  private Voices() {}

  /** The speaker, or the channel if nobody knows who speaks. */
  static String name(EmotionTurn turn) {
    return turn.getSpeaker().isEmpty() ? "channel" + turn.getChannel() : turn.getSpeaker();
  }

  /**
   * The turns of each voice. If turns of a voice overlap, as those of overlapping windows do, the
   * later one goes to a further tier.
   */
  static Map<String, List<EmotionTurn>> tiers(List<EmotionTurn> turns) {
    Map<String, List<EmotionTurn>> tiers = new LinkedHashMap<>();
    for (EmotionTurn turn : turns) {
      int number = 1;
      String tier = name(turn);
      while (tiers.containsKey(tier) && overlaps(tiers.get(tier), turn)) {
        number++;
        tier = name(turn) + " (" + number + ")";
      }
      tiers.computeIfAbsent(tier, name -> new ArrayList<>()).add(turn);
    }
    return tiers;
  }

  private static boolean overlaps(List<EmotionTurn> tier, EmotionTurn turn) {
    return tier.get(tier.size() - 1).getEndSeconds() > turn.getStartSeconds();
  }

  /** Text on one line. */
  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
  }
}
