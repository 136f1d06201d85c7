package io.gemoclap.cli.options;

import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.write.OutputFormat;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** In which formats annotations are written: a mixin. */
public final class FormatOption {
  private static final String NAME = "--format";

  @Option(names = NAME, split = ",", description = "jsonl (default), parquet, or both.")
  private List<String> formats;

  /** Takes the formats of an earlier job, as {@link #describe} has put them, if none are given. */
  public void inherit(Map<String, String> settings) {
    if (formats == null && settings.containsKey(NAME)) {
      formats = List.of(settings.get(NAME).replaceAll("[\\[\\]]", "").split(",", -1));
    }
  }

  /** Puts the formats into words, by the name of the option. */
  public void describe(Map<String, String> settings) {
    settings.put(NAME, formats().toString().toLowerCase(Locale.ROOT));
  }

  /**
   * The formats.
   *
   * @throws WrongUsageException naming one that does not exist
   */
  public Set<OutputFormat> formats() {
    EnumSet<OutputFormat> set = EnumSet.noneOf(OutputFormat.class);
    for (String format : formats == null ? List.of("jsonl") : formats) {
      switch (format.strip().toLowerCase(Locale.ROOT)) {
        case "jsonl" -> set.add(OutputFormat.JSONL);
        case "parquet" -> set.add(OutputFormat.PARQUET);
        default ->
            throw new WrongUsageException(
                "--format must be jsonl or parquet, not '" + format + "'");
      }
    }
    return set;
  }
}
