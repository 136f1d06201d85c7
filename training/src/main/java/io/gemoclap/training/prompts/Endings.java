package io.gemoclap.training.prompts;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Changes the endings of some words, so that a text tower learns to know a word by its stem:
 * inflections and derivations that it never met then resemble the words that it knows. Never makes
 * a held-out word. Immutable.
 */
public final class Endings {
  private static final int ONE_IN = 3;
  private static final int LONGEST_CUT = 3;
  private static final int SHORTEST_REST = 4;
  private static final List<String> ENDINGS =
      List.of(
          "", "", "s", "ed", "ing", "ly", "ness", "ful", "y", "ous", "ion", "ment", "e", "en", "er",
          "es", "end", "t", "ig", "lich", "isch", "ung", "heit", "keit");

  private final HeldOutWords heldOut;

  public Endings(HeldOutWords heldOut) {
    this.heldOut = heldOut;
  }

  /**
   * The text itself, or, one time in three, the text with up to three letters of its last word
   * replaced by another ending. At least four letters of the word remain.
   */
  public String vary(String text, SplittableRandom random) {
    int start = text.lastIndexOf(' ') + 1;
    int most = Math.min(LONGEST_CUT, text.length() - start - SHORTEST_REST);
    if (random.nextInt(ONE_IN) > 0 || most < 1) {
      return text;
    }
    int cut = 1 + random.nextInt(most);
    String varied =
        text.substring(0, text.length() - cut) + ENDINGS.get(random.nextInt(ENDINGS.size()));
    return heldOut.touchedBy(varied) ? text : varied;
  }
}
