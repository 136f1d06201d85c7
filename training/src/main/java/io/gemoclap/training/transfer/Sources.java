package io.gemoclap.training.transfer;

import io.gemoclap.audio.Recording;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A corpus as the recordings that annotation takes, and the utterances of each: all of them, those
 * with excluded labels too, so that speakers are normalised with all of their speech as in an
 * archive without labels. Each file is decoded once, or once for each of its speakers if they may
 * decide the normalisation. Immutable.
 *
 * @param utterances by the id of their recording
 * @param recordings with a span for each utterance that is a part of its file
 */
public record Sources(Map<String, List<Utterance>> utterances, List<Recording> recordings) {
  private record Source(String uri, boolean whole, String speaker) {}

  /**
   * Groups the utterances of a corpus.
   *
   * @param bySpeaker whether annotation gets to know the speakers
   */
  public static Sources of(Corpus corpus, boolean bySpeaker) {
    Map<Source, List<Utterance>> groups = new LinkedHashMap<>();
    LabelsInCommon.utterances(corpus)
        .forEach(
            utterance ->
                groups
                    .computeIfAbsent(
                        new Source(
                            utterance.uri(),
                            utterance.span().isEmpty(),
                            bySpeaker ? utterance.speaker() : ""),
                        source -> new ArrayList<>())
                    .add(utterance));
    Map<String, Integer> uses = new HashMap<>();
    Map<String, List<Utterance>> utterances = new LinkedHashMap<>();
    List<Recording> recordings = new ArrayList<>();
    groups.forEach(
        (source, members) -> {
          int use = uses.merge(source.uri(), 1, Integer::sum);
          String id = use == 1 ? source.uri() : source.uri() + " (" + use + ")";
          utterances.put(id, List.copyOf(members));
          Recording recording = Recording.file(source.uri()).withId(id).withSpans(spans(members));
          recordings.add(
              source.speaker().isEmpty()
                  ? recording
                  : recording.withMetadata(Map.of(NormalizeFeatures.SPEAKER, source.speaker())));
        });
    return new Sources(utterances, List.copyOf(recordings));
  }

  private static List<Span> spans(List<Utterance> members) {
    return members.stream().map(Utterance::span).flatMap(Optional::stream).distinct().toList();
  }
}
