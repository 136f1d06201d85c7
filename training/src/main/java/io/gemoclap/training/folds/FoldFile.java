package io.gemoclap.training.folds;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Folds as a CSV file with the columns {@code fold, part, utterance, speaker, session}; the last
 * two are for people and may be absent. Parts are {@code train}, {@code dev} and {@code test}.
 * Reading gives back what was written, in the same order.
 */
public final class FoldFile {
  private static final List<String> PARTS = List.of("train", "dev", "test");

  private FoldFile() {}

  @JsonPropertyOrder({"fold", "part", "utterance", "speaker", "session"})
  private record Row(String fold, String part, String utterance, String speaker, String session) {}

  /** Writes all folds. */
  public static void write(Path file, List<Fold> folds) throws IOException {
    CsvMapper csv = new CsvMapper();
    CsvSchema schema = csv.schemaFor(Row.class).withHeader();
    try (SequenceWriter rows =
        csv.writer(schema).writeValues(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      for (Fold fold : folds) {
        for (String part : PARTS) {
          for (Utterance u : part(fold, part)) {
            rows.write(new Row(fold.name(), part, u.id(), u.speaker(), u.session()));
          }
        }
      }
    }
  }

  private static List<Utterance> part(Fold fold, String part) {
    return switch (part) {
      case "train" -> fold.train();
      case "dev" -> fold.dev();
      default -> fold.test();
    };
  }

  /**
   * Reads folds of a corpus. Utterances of the corpus that the file does not name are not used.
   *
   * @throws IllegalArgumentException naming the row that is not understood
   * @throws IOException when the file cannot be read
   */
  public static List<Fold> read(Path file, Corpus corpus) throws IOException {
    Map<String, Utterance> utterances = new HashMap<>();
    corpus.utterances().forEach(utterance -> utterances.put(utterance.id(), utterance));
    Map<String, Map<String, List<Utterance>>> folds = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    int number = 1;
    for (Row row : rows(file)) {
      number++;
      String problem = problem(row, utterances, seen, corpus.name());
      if (problem != null) {
        throw new IllegalArgumentException(file + ", row " + number + ": " + problem);
      }
      folds
          .computeIfAbsent(row.fold(), name -> new HashMap<>())
          .computeIfAbsent(row.part(), name -> new ArrayList<>())
          .add(utterances.get(row.utterance()));
    }
    if (folds.isEmpty()) {
      throw new IllegalArgumentException(file + " has no fold");
    }
    List<Fold> result = new ArrayList<>();
    folds.forEach(
        (name, parts) ->
            result.add(
                new Fold(
                    name,
                    parts.getOrDefault("train", List.of()),
                    parts.getOrDefault("dev", List.of()),
                    parts.getOrDefault("test", List.of()))));
    return result;
  }

  private static String problem(
      Row row, Map<String, Utterance> utterances, Set<String> seen, String corpus) {
    if (row.fold() == null || row.part() == null || row.utterance() == null) {
      return "fold, part and utterance are needed";
    }
    if (!PARTS.contains(row.part())) {
      return "the part is '" + row.part() + "', not train, dev or test";
    }
    if (!utterances.containsKey(row.utterance())) {
      return corpus + " has no utterance '" + row.utterance() + "'";
    }
    if (!seen.add(row.fold() + "\n" + row.part() + "\n" + row.utterance())) {
      return row.utterance() + " occurs twice in the " + row.part() + " part of fold " + row.fold();
    }
    return null;
  }

  private static List<Row> rows(Path file) throws IOException {
    CsvMapper csv = new CsvMapper();
    try (MappingIterator<Row> rows =
        csv.readerFor(Row.class)
            .with(CsvSchema.emptySchema().withHeader())
            .with(CsvParser.Feature.TRIM_SPACES)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .readValues(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
      return rows.readAll();
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("The fold file '" + file + "' does not exist", e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + ": " + e.getOriginalMessage(), e);
    }
  }
}
