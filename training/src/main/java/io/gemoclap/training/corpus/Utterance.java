package io.gemoclap.training.corpus;

import java.nio.file.Path;

/**
 * One labelled utterance of a corpus.
 *
 * @param id unique in the corpus
 * @param audio its recording
 * @param speaker speaker id
 * @param gender who speaks
 * @param emotion mapped label
 */
public record Utterance(String id, Path audio, String speaker, Gender gender, String emotion) {
  /** Genders that the corpora distinguish. */
  public enum Gender {
    FEMALE,
    MALE
  }
}
