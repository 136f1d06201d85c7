package io.gemoclap.training.prepare;

import java.io.IOException;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/** Size and time of change of an audio file, by which a replaced file is noticed. */
final class AudioStamp {
  private AudioStamp() {}

  /** The stamp; of a file that cannot be found, a word that says so. */
  static String of(String uri) {
    try {
      Metadata file = FileSystems.matchSingleFileSpec(uri);
      return file.sizeBytes() + "@" + file.lastModifiedMillis();
    } catch (IOException e) {
      return "missing";
    }
  }
}
