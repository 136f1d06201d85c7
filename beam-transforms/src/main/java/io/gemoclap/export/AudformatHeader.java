package io.gemoclap.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The header {@code db.yaml} of audformat (specification 1.x), written as JSON, which is YAML, too.
 */
final class AudformatHeader {
  private AudformatHeader() {}

  static String text(ExportSettings settings, ExportReport report) {
    DatasetFacts facts = settings.facts();
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("name", facts.name());
    header.put("description", facts.description());
    header.put("source", "gemoclap export");
    header.put("usage", "other");
    header.put(
        "languages", report.languages().keySet().stream().filter(l -> !l.isEmpty()).toList());
    if (!facts.creator().isEmpty()) {
      header.put("author", facts.creator());
    }
    if (!facts.licence().isEmpty()) {
      header.put("license", facts.licence());
    }
    header.put(
        "raters",
        ImmutableMap.of(
            "model",
            ImmutableMap.of("type", "machine"),
            "people",
            ImmutableMap.of("type", "human")));
    Map<String, Object> schemes = new LinkedHashMap<>();
    schemes.put("emotion", ImmutableMap.of("dtype", "str", "labels", report.labels().keySet()));
    schemes.put(
        "source", ImmutableMap.of("dtype", "str", "labels", report.labelSources().keySet()));
    schemes.put("confidence", ImmutableMap.of("dtype", "float", "minimum", 0, "maximum", 1));
    schemes.put("speaker", ImmutableMap.of("dtype", "str"));
    for (String measure : CorpusColumns.QUALITY) {
      schemes.put(measure, ImmutableMap.of("dtype", "float"));
    }
    header.put("schemes", schemes);
    Map<String, Object> splits = new LinkedHashMap<>();
    Map<String, Object> tables = new LinkedHashMap<>();
    for (String split : report.splits().keySet()) {
      splits.put(split, ImmutableMap.of("type", type(split)));
      Map<String, Object> columns = new LinkedHashMap<>();
      columns.put("emotion", ImmutableMap.of("scheme_id", "emotion"));
      columns.put("emotion.source", ImmutableMap.of("scheme_id", "source"));
      columns.put("confidence", ImmutableMap.of("scheme_id", "confidence", "rater_id", "model"));
      columns.put("speaker", ImmutableMap.of("scheme_id", "speaker"));
      for (String measure : CorpusColumns.QUALITY) {
        columns.put(measure, ImmutableMap.of("scheme_id", measure));
      }
      tables.put(
          split, ImmutableMap.of("type", "segmented", "split_id", split, "columns", columns));
    }
    header.put("splits", splits);
    header.put("tables", tables);
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(header) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The types that audformat knows. */
  private static String type(String split) {
    return switch (split) {
      case "train", "test" -> split;
      case "validation", "dev" -> "dev";
      default -> "other";
    };
  }
}
