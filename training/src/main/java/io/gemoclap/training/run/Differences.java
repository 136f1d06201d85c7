package io.gemoclap.training.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares the settings that a folder was started with with those that are to continue it.
 * Immutable.
 *
 * @param all one for each setting that differs, by name
 */
public record Differences(List<Difference> all) {
  /**
   * One setting that differs.
   *
   * @param setting its name
   * @param before its value when the folder was begun; null if it was not recorded
   * @param now its value now; null if it is not given
   */
  public record Difference(String setting, String before, String now) {
    @Override
    public String toString() {
      return "%s=%s, not %s".formatted(setting, shown(before), shown(now));
    }

    private static String shown(String value) {
      return value == null ? "(nothing)" : value;
    }
  }

  /** Copies the differences. */
  public Differences {
    all = List.copyOf(all);
  }

  /** Compares all settings of two maps from name to value. */
  public static Differences between(Map<String, String> before, Map<String, String> now) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    List<Difference> all = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(before.get(name), now.get(name))) {
        all.add(new Difference(name, before.get(name), now.get(name)));
      }
    }
    return new Differences(all);
  }

  /**
   * Refuses a folder if anything differs.
   *
   * @param what the folder, as a sentence begins with it
   * @throws IllegalArgumentException that lists every difference and says what to do
   */
  public void requireNone(String what) {
    if (!all.isEmpty()) {
      throw new IllegalArgumentException(
          all.stream()
              .map(Difference::toString)
              .collect(
                  Collectors.joining(
                      "; ",
                      what + " was started with ",
                      ". Use the earlier settings, choose another folder, or replace the files"
                          + " there with --overwrite instead of --resume")));
    }
  }
}
