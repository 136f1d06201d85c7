package io.gemoclap.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A parser of audformat's specification reads the corpus: a header whose tables, columns, schemes,
 * raters and splits refer to each other, and a segmented table for each split.
 */
final class AudformatTest {
  private static final Pattern TIME =
      Pattern.compile("(\\d+) days (\\d\\d):(\\d\\d):(\\d\\d)\\.(\\d{6})");

  @TempDir private Path folder;

  private static double seconds(String time) {
    Matcher matcher = TIME.matcher(time);
    assertTrue(matcher.matches(), time);
    Duration whole =
        Duration.ofDays(Long.parseLong(matcher.group(1)))
            .plusHours(Long.parseLong(matcher.group(2)))
            .plusMinutes(Long.parseLong(matcher.group(3)))
            .plusSeconds(Long.parseLong(matcher.group(4)));
    return whole.toSeconds() + Long.parseLong(matcher.group(5)) / 1e6;
  }

  @Test
  void headerAndTablesFitEachOther() throws IOException {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline
        .apply(
            Create.of(
                Archive.segment("/in/a, b.wav", 1.25, 90_061.5, "anger", Map.of("speaker", "Kim")),
                Archive.segment("/in/c.wav", 0, 2, "sadness", Map.of("speaker", "Lea"))))
        .apply(
            ExportCorpus.to(folder.toString(), CorpusFormat.AUDFORMAT)
                .withSplits(ImmutableMap.of("train", 0.9, "test", 0.1)));
    pipeline.run().waitUntilFinish();
    JsonNode header = new ObjectMapper().readTree(folder.resolve("db.yaml").toFile());
    for (String required : List.of("name", "source", "usage", "languages", "schemes", "tables")) {
      assertTrue(header.has(required), required);
    }
    assertTrue(
        Set.of("commercial", "other", "research", "restricted", "unrestricted")
            .contains(header.path("usage").asText()));
    List<String> rows = new ArrayList<>();
    Set<String> labels = new TreeSet<>();
    header.path("schemes").path("emotion").path("labels").forEach(l -> labels.add(l.asText()));
    assertEquals(Set.of("anger", "sadness"), labels);
    header
        .path("tables")
        .fields()
        .forEachRemaining(
            table -> {
              assertEquals("segmented", table.getValue().path("type").asText());
              assertTrue(header.path("splits").has(table.getValue().path("split_id").asText()));
              List<String> columns = new ArrayList<>();
              table.getValue().path("columns").fieldNames().forEachRemaining(columns::add);
              table
                  .getValue()
                  .path("columns")
                  .forEach(
                      column -> {
                        assertTrue(header.path("schemes").has(column.path("scheme_id").asText()));
                        assertTrue(
                            !column.has("rater_id")
                                || header.path("raters").has(column.path("rater_id").asText()));
                      });
              rows.addAll(rows("db." + table.getKey() + ".csv", columns, labels));
            });
    assertEquals(
        Set.of("/in/a, b.wav 1.25-90061.5 anger Kim", "/in/c.wav 0.0-2.0 sadness Lea"),
        Set.copyOf(rows));
  }

  private List<String> rows(String name, List<String> columns, Set<String> labels) {
    List<String> rows = new ArrayList<>();
    try (MappingIterator<Map<String, String>> table =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(folder.resolve(name).toFile())) {
      while (table.hasNext()) {
        Map<String, String> row = table.next();
        assertTrue(row.keySet().containsAll(columns), row.toString());
        assertTrue(labels.contains(row.get("emotion")));
        rows.add(
            "%s %s-%s %s %s"
                .formatted(
                    row.get("file"),
                    seconds(row.get("start")),
                    seconds(row.get("end")),
                    row.get("emotion"),
                    row.get("speaker")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
