package io.gemoclap.census;

import java.util.Optional;
import org.apache.beam.sdk.annotations.Internal;

/**
 * One file that was found, or one entry that cannot be read and why. Immutable.
 *
 * @param name its name, which {@link StoredFile#of} opens: the path as it was reached, or a URI
 * @param location the name of what it leads to, links followed; two entries of one file have the
 *     same
 * @param problem a sentence that says why it is not a file that can be read; empty for a file
 * @param sizeBytes its size; 0 of a problem
 * @param lastModifiedMillis when it was last changed, in milliseconds since 1970; 0 if unknown
 * @hidden
 */
@Internal
public record CensusEntry(
    String name,
    String location,
    Optional<String> problem,
    long sizeBytes,
    long lastModifiedMillis) {

  static CensusEntry file(String name, String location, long sizeBytes, long lastModifiedMillis) {
    return new CensusEntry(name, location, Optional.empty(), sizeBytes, lastModifiedMillis);
  }

  static CensusEntry problem(String name, String sentence, long lastModifiedMillis) {
    return new CensusEntry(name, name, Optional.of(sentence), 0, lastModifiedMillis);
  }

  /** Its size in bytes and time of change, as of {@link StoredFile#stamp}. */
  public String stamp() {
    return StoredFile.stamp(sizeBytes, lastModifiedMillis);
  }

  /** Whether it is a file, according to the listing. */
  public boolean isFile() {
    return problem.isEmpty();
  }
}
