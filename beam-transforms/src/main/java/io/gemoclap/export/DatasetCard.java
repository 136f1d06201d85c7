package io.gemoclap.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code README.md} of a corpus: a dataset card with the metadata that the Hugging Face Hub reads.
 */
final class DatasetCard {
  private static final List<Integer> SIZES =
      List.of(1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000);
  private static final List<String> SIZE_NAMES =
      List.of("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M");

  private DatasetCard() {}

  static String text(ExportSettings settings, ExportReport report) {
    DatasetFacts facts = settings.facts();
    return """
        ---
        %s---

        # %s

        %s

        Made by GEmo-CLAP for Beam with `gemoclap export --to=%s`. The labels are \
        estimates of a model, except those that people gave (`label_source`). Read \
        [the datasheet](datasheet.md) before you use them.

        | | segments | hours |
        |---|---|---|
        | in the results | %s |
        | in this corpus | %s |
        %s
        ## Splits

        | split | segments | hours |
        |---|---|---|
        %s
        No recording is in two splits, and no speaker that the metadata name.

        ## Labels

        | label | segments | hours |
        |---|---|---|
        %s
        | label from | segments | hours |
        |---|---|---|
        %s%s"""
        .formatted(
            metadata(settings, report),
            facts.name(),
            facts.description().isEmpty()
                ? "Segments of speech with the emotion that they sound like."
                : facts.description(),
            settings.format(),
            cells(report.given()),
            cells(report.taken()),
            dropped(report),
            rows(report.splits()),
            rows(report.labels()),
            rows(report.labelSources()),
            columns(settings));
  }

  private static String metadata(ExportSettings settings, ExportReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("pretty_name: " + quoted(settings.facts().name()));
    lines.add(
        "license: "
            + quoted(
                settings.facts().licence().isEmpty() ? "unknown" : settings.facts().licence()));
    List<String> languages =
        report.languages().keySet().stream().filter(language -> !language.isEmpty()).toList();
    if (!languages.isEmpty()) {
      lines.add("language:");
      languages.forEach(language -> lines.add("- " + quoted(language)));
    }
    lines.add("task_categories:");
    lines.add("- audio-classification");
    lines.add("tags:");
    lines.add("- speech-emotion-recognition");
    lines.add("- gemoclap");
    lines.add("size_categories:");
    lines.add("- " + quoted(size(report.taken().segments())));
    lines.add("configs:");
    lines.add("- config_name: default");
    lines.add("  data_files:");
    for (String split : report.splits().keySet()) {
      String path = pattern(settings.format(), split);
      if (!path.isEmpty()) {
        lines.add("  - split: " + quoted(split));
        lines.add("    path: " + quoted(path));
      }
    }
    if (lines.get(lines.size() - 1).equals("  data_files:")) {
      lines.subList(lines.size() - 3, lines.size()).clear();
    }
    return String.join("\n", lines) + "\n";
  }

  /** The files of a split as a pattern; empty for formats that the Hub does not load. */
  static String pattern(CorpusFormat format, String split) {
    return switch (format) {
      case PARQUET -> "data/" + split + "-*.parquet";
      case AUDIOFOLDER -> split + "/**";
      case WEBDATASET -> split + "-*.tar";
      case CSV -> split + ".csv";
      default -> "";
    };
  }

  private static String size(long segments) {
    for (int i = 0; i < SIZES.size(); i++) {
      if (segments < SIZES.get(i)) {
        return SIZE_NAMES.get(i);
      }
    }
    return "100M<n<1B";
  }

  private static String dropped(ExportReport report) {
    StringBuilder rows = new StringBuilder();
    report
        .dropped()
        .forEach(
            (code, amount) ->
                rows.append(
                    "| dropped: %s | %s |\n"
                        .formatted(
                            DropReason.valueOf(code.toUpperCase(Locale.ROOT)).sentence(),
                            cells(amount))));
    return rows.toString();
  }

  private static String columns(ExportSettings settings) {
    if (settings.format() != CorpusFormat.PARQUET
        && settings.format() != CorpusFormat.AUDIOFOLDER
        && settings.format() != CorpusFormat.WEBDATASET) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n## Columns\n\n| column | meaning |\n|---|---|\n");
    for (CorpusColumns.Column column : CorpusColumns.all()) {
      text.append("| `%s` | %s |\n".formatted(column.name(), column.description()));
    }
    return text.toString();
  }

  private static String rows(Map<String, Amount> amounts) {
    StringBuilder rows = new StringBuilder();
    amounts.forEach(
        (name, amount) -> rows.append("| %s | %s |\n".formatted(cell(name), cells(amount))));
    return rows.toString();
  }

  static String cells(Amount amount) {
    return String.format(Locale.ROOT, "%d | %.2f", amount.segments(), amount.hours());
  }

  /** Text in a cell of a table. */
  static String cell(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replaceAll("\\s+", " ");
  }

  /** A string of YAML. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''").replaceAll("\\s+", " ") + "'";
  }
}
