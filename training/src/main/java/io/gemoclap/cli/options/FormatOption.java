package io.gemoclap.cli.options;

import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.write.OutputFormat;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** In which formats annotations are written: a mixin. */
public final class FormatOption {
  @Option(
      names = "--format",
      defaultValue = "jsonl",
      split = ",",
      description = "jsonl (default), parquet, or both.")
  private List<String> formats;

  /**
   * The formats.
   *
   * @throws WrongUsageException naming one that does not exist
   */
  public Set<OutputFormat> formats() {
    EnumSet<OutputFormat> set = EnumSet.noneOf(OutputFormat.class);
    for (String format : formats) {
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
