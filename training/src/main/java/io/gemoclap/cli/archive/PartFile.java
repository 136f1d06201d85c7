package io.gemoclap.cli.archive;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of one part, read from its name, as in {@code recordings-00007-00000-of-00002.jsonl}.
 *
 * @param name the whole name
 * @param kind kind of row: {@code annotations}, {@code recordings}, {@code embeddings}, {@code
 *     failures}, or {@code summary}
 * @param part number of the part
 */
record PartFile(String name, String kind, int part) {
  private static final Pattern NAME =
      Pattern.compile(
          "(annotations|recordings|embeddings|failures)-(\\d{5})-\\d{5}-of-\\d{5}\\.\\w+");
  private static final Pattern SUMMARY = Pattern.compile("(summary)-(\\d{5})\\.json");

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

  /** Name of a part's summary. */
  static String summaryOf(int part) {
    return "summary-%05d.json".formatted(part);
  }
}
