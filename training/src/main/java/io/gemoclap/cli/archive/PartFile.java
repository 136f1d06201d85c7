package io.gemoclap.cli.archive;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of one part, read from its name, as in {@code recordings-00007-00000-of-00002.jsonl}.
 *
 * @param name the whole name
 * @param kind kind of row: {@code annotations}, {@code recordings}, {@code embeddings}, {@code
 *     features}, {@code turns}, {@code failures}, or {@code summary}
 * @param part number of the part
 */
public record PartFile(String name, String kind, int part) {
  /** Five digits, and more from 100,000. */
  private static final String NUMBER = "[0-9]{5,9}";

  private static final Pattern NAME =
      Pattern.compile(
          "(annotations|recordings|embeddings|features|turns|failures)-(N)-N-of-N\\.\\w+"
              .replace("N", NUMBER));
  private static final Pattern SUMMARY =
      Pattern.compile("(summary)-(N)\\.json".replace("N", NUMBER));

  /** Empty for a file of no part. */
  static Optional<PartFile> of(String name) {
    for (Pattern pattern : new Pattern[] {NAME, SUMMARY}) {
      Matcher file = pattern.matcher(name);
      if (file.matches()) {
        return Optional.of(new PartFile(name, file.group(1), Integer.parseInt(file.group(2))));
      }
    }
    return Optional.empty();
  }

  /** The number of a part as in its file names, in any locale of the JVM. */
  public static String number(int part) {
    return String.format(Locale.ROOT, "%05d", part);
  }

  /** Name of a part's summary. */
  public static String summaryOf(int part) {
    return "summary-" + number(part) + ".json";
  }
}
