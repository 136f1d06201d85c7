package io.gemoclap.training.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import io.gemoclap.training.folds.Fold;
import io.gemoclap.training.folds.FoldFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a run keeps its files; docs/training.md lists them. On a cluster the folder must be shared
 * by its machines.
 */
record RunFolder(Path root) {
  /** Name of the part that trains on everything. */
  static final String FINAL = "final";

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** A row of {@code utterances.jsonl}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Row(
      String id,
      String uri,
      String speaker,
      String session,
      Gender gender,
      String emotion,
      String recording,
      Double start,
      Double end) {
    static Row of(Utterance u) {
      return new Row(
          u.id(),
          u.uri(),
          u.speaker(),
          u.session(),
          u.gender(),
          u.emotion(),
          u.recording().isEmpty() ? null : u.recording(),
          u.span().map(Span::startSeconds).orElse(null),
          u.span().map(Span::endSeconds).orElse(null));
    }

    Utterance utterance() {
      return Utterance.of(id, uri)
          .speaker(speaker)
          .session(session)
          .gender(gender)
          .label(emotion, emotion)
          .recording(recording == null ? "" : recording)
          .span(end == null ? null : new Span(start, end))
          .build();
    }
  }

  /** Where the folders of all folds are. */
  Path folds() {
    return root.resolve("folds");
  }

  /** The folder of one fold, counted from 1, or of {@link #FINAL}. */
  Path part(String name) {
    return name.equals(FINAL) ? root.resolve(FINAL) : folds().resolve(name);
  }

  Path jobFile() {
    return root.resolve("job.json");
  }

  Path textWeightsFile() {
    return root.resolve("text.safetensors");
  }

  void write(RunJob job, List<Utterance> utterances, List<Fold> folds) throws IOException {
    Files.createDirectories(root);
    List<String> rows = new ArrayList<>();
    for (Utterance utterance : utterances) {
      rows.add(JSON.writeValueAsString(Row.of(utterance)));
    }
    Files.write(root.resolve("utterances.jsonl"), rows);
    FoldFile.write(root.resolve("folds.csv"), folds);
    writeJson(jobFile(), job);
  }

  RunJob job() throws IOException {
    return JSON.readValue(jobFile().toFile(), RunJob.class);
  }

  List<Utterance> utterances() throws IOException {
    List<Utterance> utterances = new ArrayList<>();
    for (String line : Files.readAllLines(root.resolve("utterances.jsonl"))) {
      utterances.add(JSON.readValue(line, Row.class).utterance());
    }
    return utterances;
  }

  List<Fold> folds(RunJob job) throws IOException {
    Corpus corpus = new Corpus(job.identity().corpus().name(), job.labels(), utterances());
    return FoldFile.read(root.resolve("folds.csv"), corpus);
  }

  Map<String, FloatTensor> textWeights() throws IOException {
    return Safetensors.read(textWeightsFile());
  }

  /** Writes a JSON file that appears whole or not at all. */
  static void writeJson(Path file, Object value) throws IOException {
    write(file, List.of(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value)));
  }

  /** Writes rows of JSON into a file that appears whole or not at all. */
  static void writeRows(Path file, List<?> rows) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Object row : rows) {
      lines.add(JSON.writeValueAsString(row));
    }
    write(file, lines);
  }

  private static void write(Path file, List<String> lines) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.getParent());
      Files.write(part, lines);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IOException("'" + file + "' cannot be written: " + e.getMessage(), e);
    }
  }

  /** Reads rows of JSON; none where the file does not exist. */
  static <T> List<T> rows(Path file, Class<T> type) throws IOException {
    List<T> rows = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        rows.add(JSON.readValue(line, type));
      }
    }
    return rows;
  }

  static <T> T readJson(Path file, Class<T> type) throws IOException {
    return JSON.readValue(file.toFile(), type);
  }
}
