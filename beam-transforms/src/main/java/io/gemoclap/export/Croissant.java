package io.gemoclap.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import io.gemoclap.export.CorpusColumns.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code croissant.json}: the corpus in the vocabulary of Croissant 1.0 (MLCommons), with its
 * vocabulary for responsible AI (RAI 1.0) and provenance (PROV-O).
 */
final class Croissant {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Croissant() {}

  static String text(ExportSettings settings, ExportReport report) {
    DatasetFacts facts = settings.facts();
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("@context", context());
    dataset.put("@type", "sc:Dataset");
    dataset.put("name", facts.name());
    dataset.put(
        "description",
        facts.description().isEmpty()
            ? "Segments of speech with the emotion that they sound like."
            : facts.description());
    dataset.put(
        "conformsTo",
        List.of("http://mlcommons.org/croissant/1.0", "http://mlcommons.org/croissant/RAI/1.0"));
    if (!facts.licence().isEmpty()) {
      dataset.put("license", facts.licence());
    }
    if (!facts.creator().isEmpty()) {
      dataset.put("creator", ImmutableMap.of("@type", "sc:Organization", "name", facts.creator()));
    }
    List<String> languages =
        report.languages().keySet().stream().filter(language -> !language.isEmpty()).toList();
    if (!languages.isEmpty()) {
      dataset.put("inLanguage", languages);
    }
    dataset.put("prov:wasGeneratedBy", generation(report));
    responsibleUse(dataset, report);
    dataset.put("distribution", distribution(settings, report));
    dataset.put("recordSet", recordSets(settings, report));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(dataset) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> context() {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("@language", "en");
    context.put("@vocab", "https://schema.org/");
    context.put("sc", "https://schema.org/");
    context.put("cr", "http://mlcommons.org/croissant/");
    context.put("rai", "http://mlcommons.org/croissant/RAI/");
    context.put("dct", "http://purl.org/dc/terms/");
    context.put("prov", "http://www.w3.org/ns/prov#");
    context.put("conformsTo", "dct:conformsTo");
    for (String term :
        List.of(
            "recordSet",
            "field",
            "source",
            "fileSet",
            "fileObject",
            "extract",
            "column",
            "includes")) {
      context.put(term, "cr:" + term);
    }
    context.put("dataType", ImmutableMap.of("@id", "cr:dataType", "@type", "@vocab"));
    return context;
  }

  private static Map<String, Object> generation(ExportReport report) {
    Map<String, Object> activity = new LinkedHashMap<>();
    activity.put("@type", "prov:Activity");
    activity.put("name", "gemoclap annotate, gemoclap export");
    activity.put(
        "prov:used",
        report.modelIds().stream()
            .map(id -> ImmutableMap.of("@type", "prov:Entity", "name", "GEmo-CLAP bundle " + id))
            .toList());
    return activity;
  }

  private static void responsibleUse(Map<String, Object> dataset, ExportReport report) {
    Amount people = report.labelSources().getOrDefault(ExportItem.PEOPLE, Amount.NONE);
    dataset.put(
        "rai:dataAnnotationProtocol",
        "A model estimates the emotion of each segment. People gave the label of %s of %s segments."
            .formatted(people.segments(), report.taken().segments()));
    dataset.put("rai:machineAnnotationTools", "GEmo-CLAP for Beam");
    dataset.put(
        "rai:dataLimitations",
        "Labels say how speech sounds to listeners, not what a person feels. Estimates are wrong in"
            + " some segments.");
    dataset.put(
        "rai:dataBiases",
        "The model was trained on other speakers and perhaps another language than those of the"
            + " recordings.");
    dataset.put(
        "rai:personalSensitiveInformation",
        "Voices, and inferences about emotion"
            + (report.segmentsWithSpeaker() > 0 ? ", and names or numbers of speakers" : ""));
    dataset.put(
        "rai:dataUseCases",
        "Research on how speech sounds. Not for judging single persons, such as applicants,"
            + " employees, pupils or suspects.");
  }

  private static List<Object> distribution(ExportSettings settings, ExportReport report) {
    List<Object> sets = new ArrayList<>();
    for (String split : report.splits().keySet()) {
      Map<String, Object> set = new LinkedHashMap<>();
      set.put("@type", "cr:FileSet");
      set.put("@id", split);
      set.put("name", split);
      set.put("encodingFormat", mimeType(settings.format()));
      set.put("includes", includes(settings.format(), split));
      sets.add(set);
    }
    return sets;
  }

  private static String includes(CorpusFormat format, String split) {
    return switch (format) {
      case AUDIOFOLDER -> split + "/*/metadata.jsonl";
      case LHOTSE -> split + "_*.jsonl";
      case NEMO -> split + "_manifest.json";
      case AUDFORMAT -> "db." + split + ".csv";
      case PARQUET, WEBDATASET, CSV -> DatasetCard.pattern(format, split);
      default -> split + "/*";
    };
  }

  private static String mimeType(CorpusFormat format) {
    return switch (format) {
      case PARQUET -> "application/vnd.apache.parquet";
      case WEBDATASET -> "application/x-tar";
      case AUDIOFOLDER, LHOTSE, NEMO -> "application/jsonlines";
      case AUDFORMAT, CSV -> "text/csv";
      default -> "text/plain";
    };
  }

  /** Fields of the formats whose rows have {@link CorpusColumns}; none of the others. */
  private static List<Object> recordSets(ExportSettings settings, ExportReport report) {
    if (settings.format() != CorpusFormat.PARQUET) {
      return List.of();
    }
    List<Object> sets = new ArrayList<>();
    for (String split : report.splits().keySet()) {
      List<Object> fields = new ArrayList<>();
      for (Column column : CorpusColumns.all()) {
        String type = dataType(column.type());
        if (!type.isEmpty()) {
          fields.add(
              ImmutableMap.of(
                  "@type",
                  "cr:Field",
                  "@id",
                  split + "/" + column.name(),
                  "name",
                  column.name(),
                  "description",
                  column.description(),
                  "dataType",
                  type,
                  "source",
                  ImmutableMap.of(
                      "fileSet", ImmutableMap.of("@id", split),
                      "extract", ImmutableMap.of("column", column.name()))));
        }
      }
      sets.add(
          ImmutableMap.of(
              "@type",
              "cr:RecordSet",
              "@id",
              "segments-" + split,
              "name",
              "segments-" + split,
              "field",
              fields));
    }
    return sets;
  }

  private static String dataType(CorpusColumns.Type type) {
    return switch (type) {
      case TEXT -> "sc:Text";
      case NUMBER -> "sc:Float";
      case INTEGER -> "sc:Integer";
      case FLAG -> "sc:Boolean";
      case SCORES, PAIRS -> "";
    };
  }
}
