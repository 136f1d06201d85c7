package io.gemoclap.census;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for paths below a folder, as {@code java.nio} reads it: {@code *} and {@code ?} stop at
 * folders, {@code **} does not, {@code [a-c]} and {@code [!a]} are characters, {@code {a,b}} are
 * alternatives. A backslash is an ordinary character. Names may hold any character, line breaks
 * too. Immutable.
 */
final class Glob {
  private static final String SPECIAL = "*?[{";

  private final Pattern whole;
  private final List<Pattern> folders = new ArrayList<>();
  private final boolean deep;

  private Glob(String pattern) {
    whole = Pattern.compile(regex(pattern), Pattern.DOTALL);
    boolean endless = false;
    for (String step : pattern.split("/", -1)) {
      // From here on, a step of the pattern may be several folders.
      if (step.contains("**") || !isWhole(step)) {
        endless = true;
        break;
      }
      folders.add(Pattern.compile(regex(step), Pattern.DOTALL));
    }
    deep = endless;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if a bracket or brace is not closed
   */
  static Glob of(String pattern) {
    try {
      return new Glob(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + pattern + "' is not a valid pattern: " + e.getDescription(), e);
    }
  }

  /** Whether a name holds a character that patterns give a meaning. */
  static boolean isPattern(String name) {
    return name.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
  }

  /** Whether a file matches, by the names on the way to it, its own last. */
  boolean matches(List<String> names) {
    return whole.matcher(String.join("/", names)).matches();
  }

  /** Whether something that matches may be in a folder, by the names on the way to it. */
  boolean mayMatchIn(List<String> names) {
    for (int i = 0; i < Math.min(names.size(), folders.size()); i++) {
      if (!folders.get(i).matcher(names.get(i)).matches()) {
        return false;
      }
    }
    return deep || names.size() < folders.size();
  }

  /** Whether the braces and brackets that a step opens are closed in it. */
  private static boolean isWhole(String step) {
    try {
      String unused = regex(step);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    boolean inBraces = false;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (c == '*') {
        boolean two = i + 1 < glob.length() && glob.charAt(i + 1) == '*';
        regex.append(two ? ".*" : "[^/]*");
        i += two ? 1 : 0;
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '[') {
        i = characters(glob, i + 1, regex);
      } else if (c == '{') {
        if (inBraces) {
          throw new PatternSyntaxException("braces are nested", glob, i);
        }
        inBraces = true;
        regex.append("(?:(?:");
      } else if (c == '}' && inBraces) {
        inBraces = false;
        regex.append("))");
      } else if (c == ',' && inBraces) {
        regex.append(")|(?:");
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    if (inBraces) {
      throw new PatternSyntaxException("'{' is not closed", glob, glob.length());
    }
    return regex.toString();
  }

  /** Appends the characters in brackets; returns where they end. */
  private static int characters(String glob, int from, StringBuilder regex) {
    boolean not = from < glob.length() && glob.charAt(from) == '!';
    int first = not ? from + 1 : from;
    int end = glob.indexOf(']', first + 1);
    if (end < 0 || glob.substring(first, end).indexOf('/') >= 0) {
      throw new PatternSyntaxException("'[' is not closed", glob, from);
    }
    regex.append("[[^/]&&[").append(not ? "^" : "");
    for (char c : glob.substring(first, end).toCharArray()) {
      regex.append("[]&^\\".indexOf(c) >= 0 ? "\\" : "").append(c);
    }
    regex.append("]]");
    return end;
  }
}
