package io.gemoclap.resume;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares the settings that a folder was started with with those that are to continue it. */
public final class SameSettings {
  private static final String NOTHING = "(nothing)";

  private SameSettings() {}

  /**
   * Refuses a folder if a setting differs.
   *
   * @param folder the folder, as a sentence begins with it
   * @param before values when the folder was begun, by the name of the setting
   * @param now values that are to continue it
   * @throws IllegalArgumentException that lists every difference and says what to do
   */
  public static void require(String folder, Map<String, String> before, Map<String, String> now) {
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    String differences =
        names.stream()
            .filter(name -> !Objects.equals(before.get(name), now.get(name)))
            .map(
                name ->
                    "%s=%s, not %s"
                        .formatted(
                            name,
                            before.getOrDefault(name, NOTHING),
                            now.getOrDefault(name, NOTHING)))
            .collect(Collectors.joining("; "));
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          ("%s was started with %s. Give the earlier settings again, choose another folder, or replace"
                  + " what is there with --overwrite instead of --resume")
              .formatted(folder, differences));
    }
  }
}
