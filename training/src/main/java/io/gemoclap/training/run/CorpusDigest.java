package io.gemoclap.training.run;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.gemoclap.training.corpus.AudioDigests;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.util.List;

/**
 * What a corpus holds, in a few words: two corpora that train alike have equal digests, wherever
 * their files are.
 *
 * @param name as reports name it
 * @param labels emotion labels, in the order of every output
 * @param utterances how many there are
 * @param annotations SHA-256 of the utterances' ids, speakers, sessions, genders, emotions, source
 *     recordings and spans, in their order
 * @param audio SHA-256 of the bytes of their audio files, in the same order
 */
public record CorpusDigest(
    String name, List<String> labels, int utterances, String annotations, String audio) {

  /** Copies the labels. */
  public CorpusDigest {
    labels = List.copyOf(labels);
  }

  /**
   * Reads all audio that {@code audio} has not read yet.
   *
   * @throws IOException when audio cannot be read
   */
  public static CorpusDigest of(Corpus corpus, AudioDigests audio) throws IOException {
    Hasher annotations = Hashing.sha256().newHasher();
    Hasher sound = Hashing.sha256().newHasher();
    for (Utterance u : corpus.utterances()) {
      for (String part :
          List.of(
              u.id(),
              u.speaker(),
              u.session(),
              u.gender().name(),
              u.emotion(),
              u.recording(),
              u.span().map(Object::toString).orElse(""))) {
        // With its length, so that different lists of parts have different digests.
        annotations.putInt(part.length()).putUnencodedChars(part);
      }
      sound.putUnencodedChars(audio.of(u));
    }
    return new CorpusDigest(
        corpus.name(),
        corpus.labels(),
        corpus.utterances().size(),
        annotations.hash().toString(),
        sound.hash().toString());
  }
}
