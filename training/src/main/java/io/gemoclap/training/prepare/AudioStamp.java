package io.gemoclap.training.prepare;

import io.gemoclap.census.StoredFile;
import java.io.IOException;

/** Size and time of change of an audio file, by which a replaced file is noticed. */
final class AudioStamp {
  private AudioStamp() {}

  /** The stamp; of a file that cannot be found, a word that says so. */
  static String of(String uri) {
    try {
      return StoredFile.of(uri).stamp();
    } catch (IOException e) {
      return "missing";
    }
  }
}
