package io.gemoclap.model.weights;

import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Keeps messages short, however much a file holds. Stateless.
 *
 * @hidden
 */
@Internal
public final class Excerpt {
  private static final int NAMES = 5;
  private static final int CHARACTERS = 100;

  private Excerpt() {}

  /** The first few names, such as {@code a, b, c, d, e and 115 more}. */
  public static String names(Collection<String> names) {
    String first = names.stream().limit(NAMES).map(Excerpt::text).collect(Collectors.joining(", "));
    return names.size() <= NAMES ? first : first + " and " + (names.size() - NAMES) + " more";
  }

  /** The beginning of a text, on one line and without control characters. */
  public static String text(String text) {
    String start = text.substring(0, Math.min(CHARACTERS, text.length()));
    String line = start.replaceAll("[\\p{Cntrl}\\p{Cs}]+", " ").strip();
    return text.length() <= CHARACTERS ? line : line + "…";
  }
}
