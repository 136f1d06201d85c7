package io.gemoclap.training.prompts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds held-out words in texts for training. A text touches the held-out words if it contains a
 * held-out phrase, a held-out word, or an inflection of a held-out word. Two words count as
 * inflections of each other if they become equal when each loses at most one common English or
 * German ending and at least three letters remain. Immutable.
 */
public final class HeldOutWords {
  private static final Pattern TOKEN = Pattern.compile("\\p{L}+(?:[-']\\p{L}+)*");
  private static final List<String> ENDINGS =
      List.of(
          "ing", "ings", "s", "es", "ed", "d", "est", "end", "ende", "ender", "enden", "endem",
          "endes", "nd", "nde", "nder", "nden", "e", "en", "em", "er", "n", "t", "te", "ten");
  private static final Set<String> ENDINGS_AFTER_E = Set.of("ing", "ed", "es", "s", "e");
  private static final int SHORTEST_REST = 3;
  private static final int SHORTEST_STEM = 4;

  private final Set<String> stems = new HashSet<>();
  private final List<String> phrases = new ArrayList<>();

  /** Prepares for the held-out words and phrases of all labels. */
  public HeldOutWords(List<String> heldOut) {
    for (String text : heldOut) {
      List<String> tokens = tokens(text);
      if (tokens.size() == 1) {
        stems.addAll(stems(tokens.get(0)));
      } else {
        phrases.add(joined(tokens));
      }
    }
  }

  /** Whether a text contains a held-out word, an inflection of one, or a held-out phrase. */
  public boolean touchedBy(String text) {
    List<String> tokens = tokens(text);
    String all = joined(tokens);
    return tokens.stream().anyMatch(token -> stems(token).stream().anyMatch(stems::contains))
        || phrases.stream().anyMatch(all::contains);
  }

  private static String joined(List<String> tokens) {
    return tokens.stream().collect(Collectors.joining(" ", " ", " "));
  }

  private static List<String> tokens(String text) {
    return TOKEN.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
  }

  /** The word itself, and what remains of it without an ending. */
  static Set<String> stems(String word) {
    Set<String> stems = new HashSet<>();
    for (String ending : ENDINGS) {
      int rest = word.length() - ending.length();
      if (rest < SHORTEST_REST || !word.endsWith(ending)) {
        continue;
      }
      String stem = word.substring(0, rest);
      stems.add(stem);
      if (rest > SHORTEST_REST && stem.charAt(rest - 1) == stem.charAt(rest - 2)) {
        stems.add(stem.substring(0, rest - 1));
      }
      if (ENDINGS_AFTER_E.contains(ending)) {
        stems.add(stem + "e");
      }
    }
    if (word.endsWith("ies") || word.endsWith("ied")) {
      stems.add(word.substring(0, word.length() - SHORTEST_REST) + "y");
    }
    stems.removeIf(stem -> stem.length() < SHORTEST_STEM);
    stems.add(word);
    return stems;
  }
}
