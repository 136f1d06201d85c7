package io.gemoclap.training.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import io.gemoclap.table.JsonLines;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import io.gemoclap.training.folds.Fold;
import io.gemoclap.training.folds.FoldFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where a run keeps its files; docs/training.md lists them. On a cluster the folder must be shared
 * by its machines.
 */
record RunFolder(Path root) {
  /** Name of the part that trains on everything. */
  static final String FINAL = "final";

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
    JsonLines.writeRows(
        root.resolve("utterances.jsonl"), utterances.stream().map(Row::of).toList());
    FoldFile.write(root.resolve("folds.csv"), folds);
    JsonLines.writeValue(jobFile(), job);
  }

  RunJob job() throws IOException {
    return JsonLines.readValue(jobFile(), RunJob.class);
  }

  List<Utterance> utterances() throws IOException {
    return JsonLines.rows(root.resolve("utterances.jsonl"), Row.class).stream()
        .map(Row::utterance)
        .toList();
  }

  List<Fold> folds(RunJob job) throws IOException {
    Corpus corpus = new Corpus(job.identity().corpus().name(), job.labels(), utterances());
    return FoldFile.read(root.resolve("folds.csv"), corpus);
  }

  Map<String, FloatTensor> textWeights() throws IOException {
    return Safetensors.read(textWeightsFile());
  }
}
