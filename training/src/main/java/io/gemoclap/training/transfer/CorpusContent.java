package io.gemoclap.training.transfer;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.training.corpus.AudioDigests;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Problem;
import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/**
 * What a corpus holds, in two digests: equal ones have equal results. Immutable.
 *
 * @param annotations SHA-256 of all that the corpus says of its utterances, in their order, of what
 *     cannot be used and of what is left out
 * @param audio SHA-256 of the bytes of their audio files, in the same order
 */
public record CorpusContent(String annotations, String audio) {

  /**
   * Reads all audio once.
   *
   * @param roots audio outside them is not opened
   */
  public static CorpusContent of(Corpus corpus, AllowedRoots roots) {
    Hasher annotations = Hashing.sha256().newHasher();
    Hasher audio = Hashing.sha256().newHasher();
    AudioDigests digests = new AudioDigests();
    LabelsInCommon.utterances(corpus)
        .forEach(
            utterance -> {
              put(annotations, described(utterance));
              put(audio, List.of(digest(utterance, roots, digests)));
            });
    for (Problem problem : corpus.problems()) {
      put(annotations, List.of(problem.toString()));
    }
    put(annotations, List.of(new TreeMap<>(corpus.leftOut()).toString(), corpus.labelMap()));
    return new CorpusContent(annotations.hash().toString(), audio.hash().toString());
  }

  private static List<String> described(Utterance utterance) {
    return List.of(
        utterance.id(),
        utterance.speaker(),
        utterance.session(),
        utterance.gender().name(),
        utterance.rawLabel(),
        utterance.emotion(),
        utterance.span().map(Span::toString).orElse(""));
  }

  private static String digest(Utterance utterance, AllowedRoots roots, AudioDigests digests) {
    if (!roots.allows(utterance.uri())) {
      return "forbidden";
    }
    try {
      return digests.of(utterance);
    } catch (IOException e) {
      return "unreadable"; // The evaluation makes a failure of it.
    }
  }

  /** Each with its length, so that different lists of parts have different digests. */
  private static void put(Hasher hasher, List<String> parts) {
    for (String part : parts) {
      hasher.putInt(part.length()).putUnencodedChars(part);
    }
  }
}
