package io.gemoclap.training.transfer;

import io.gemoclap.audio.segment.Span;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Problem;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Small corpora for tests. */
final class Utterances {
  private Utterances() {}

  /** An utterance that is the file {@code /audio/<id>}. */
  static Utterance whole(String id, String speaker, String emotion) {
    return Utterance.of(id, "/audio/" + id)
        .speaker(speaker)
        .gender(Gender.FEMALE)
        .label(emotion, emotion)
        .build();
  }

  /** An utterance that is a stretch of the file {@code /audio/long}. */
  static Utterance part(String id, String speaker, String emotion, double start, double end) {
    return Utterance.of(id, "/audio/long")
        .speaker(speaker)
        .label(emotion, emotion)
        .span(new Span(start, end))
        .build();
  }

  static Corpus corpus(Utterance... utterances) {
    return corpus(List.of(), utterances);
  }

  /** A corpus with utterances whose raw label, which is their id, no map knows. */
  static Corpus corpus(List<String> unknown, Utterance... utterances) {
    List<Corpus.Unmapped> unmapped =
        unknown.stream()
            .map(
                label ->
                    new Corpus.Unmapped(
                        Utterance.of(label, "/audio/" + label).label(label, "").build(),
                        new Problem("c.csv", 2, "unknown label '" + label + "'")))
            .toList();
    return new Corpus(
        "corpus",
        List.of(),
        Arrays.asList(utterances),
        unmapped.stream().map(Corpus.Unmapped::problem).toList(),
        Map.of(),
        "common",
        unmapped);
  }
}
