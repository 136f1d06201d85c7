package io.gemoclap.cli.annotate;

import io.gemoclap.audio.Recording;
import io.gemoclap.census.StoredFile;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Reads a manifest in its own JVM, prints each id in a line, in Base64, and opens its file. */
final class ListManifest {
  private ListManifest() {}

  public static void main(String[] arguments) throws Exception {
    for (Recording recording : RecordingManifest.read(arguments[0])) {
      byte[] id = recording.id().getBytes(StandardCharsets.UTF_8);
      System.out.println(Base64.getEncoder().encodeToString(id));
      StoredFile.of(recording.id()).open().close();
    }
  }
}
