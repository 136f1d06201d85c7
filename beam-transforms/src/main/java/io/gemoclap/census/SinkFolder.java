package io.gemoclap.census;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.beam.sdk.annotations.Internal;

/**
 * The rule for folders that are written to: none of the characters {@code * ? [ ] { } \} in their
 * whole name. Beam's file sinks look for their own files by pattern, and would lose every row.
 *
 * @hidden
 */
@Internal
public final class SinkFolder {
  private static final String SPECIAL = "*?[]{}\\";

  private SinkFolder() {}

  /**
   * Refuses a folder that Beam cannot write to.
   *
   * @param folder a path, absolute or not, or a URI of a Beam file system
   * @return the folder
   * @throws IllegalArgumentException naming the folder and the remedy
   */
  public static String requirePlain(String folder) {
    String whole = folder.contains("://") ? folder : absolute(folder);
    for (int i = 0; i < whole.length(); i++) {
      if (SPECIAL.indexOf(whole.charAt(i)) >= 0) {
        throw new IllegalArgumentException(
            ("Results cannot be written to '%s': Beam reads the character %s in its path as a"
                    + " pattern. Choose a folder without any of * ? [ ] { } \\ in its path")
                .formatted(whole, whole.charAt(i)));
      }
    }
    return folder;
  }

  private static String absolute(String folder) {
    try {
      return Path.of(folder).toAbsolutePath().toString();
    } catch (InvalidPathException e) {
      return folder; // Whoever creates it says what is wrong with it.
    }
  }
}
