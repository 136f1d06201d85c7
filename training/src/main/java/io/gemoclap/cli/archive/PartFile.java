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
 * @param shard number of the shard, from 0
 * @param shards shards of this kind in this part
 * @param suffix format, as in {@code .jsonl}
 */
record PartFile(String name, String kind, int part, int shard, int shards, String suffix) {
  private static final Pattern NAME =
      Pattern.compile(
          "(annotations|recordings|embeddings|failures)-(\\d{5})-(\\d{5})-of-(\\d{5})(\\.\\w+)");
  private static final Pattern SUMMARY = Pattern.compile("summary-(\\d{5})(\\.json)");

  /** Empty for a file of no part. */
  static Optional<PartFile> of(String name) {
    Matcher rows = NAME.matcher(name);
    if (rows.matches()) {
      return Optional.of(
          new PartFile(
              name,
              rows.group(1),
              Integer.parseInt(rows.group(2)),
              Integer.parseInt(rows.group(3)),
              Integer.parseInt(rows.group(4)),
              rows.group(5)));
    }
    Matcher summary = SUMMARY.matcher(name);
    return summary.matches()
        ? Optional.of(
            new PartFile(
                name, "summary", Integer.parseInt(summary.group(1)), 0, 1, summary.group(2)))
        : Optional.empty();
  }
}
