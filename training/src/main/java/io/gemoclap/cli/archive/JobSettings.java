package io.gemoclap.cli.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What all results of a folder must have in common, in its {@code job.json}: written before
 * anything else, and compared before anything is added. Immutable.
 */
public final class JobSettings {
  /** Name of the file. */
  public static final String FILE = "job.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> values;

  /**
   * Settings in their order.
   *
   * @param values by the name of the option, as in {@code --model}
   */
  public JobSettings(Map<String, String> values) {
    this.values = new LinkedHashMap<>(values);
  }

  /** Writes {@code job.json}. */
  public void write(ResultFolder folder) throws IOException {
    folder.replace(
        FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(values).concat("\n"));
  }

  /**
   * Compares with what the folder was begun with.
   *
   * @throws IllegalArgumentException if a setting differs, in a sentence that names it; or if the
   *     folder holds something, but no {@code job.json}
   */
  public void requireSameIn(ResultFolder folder) throws IOException {
    if (!folder.names().contains(FILE)) {
      throw new IllegalArgumentException(
          "The output folder '%s' cannot be resumed: it has no %s".formatted(folder, FILE));
    }
    Map<String, String> old = read(folder);
    TreeSet<String> names = new TreeSet<>(values.keySet());
    names.addAll(old.keySet());
    for (String name : names) {
      String before = old.get(name);
      String now = values.get(name);
      if (!Objects.equals(before, now)) {
        throw new IllegalArgumentException(
            "The output folder '%s' was begun with %s=%s, not %s; use that, or another folder"
                .formatted(folder, name, before, now));
      }
    }
  }

  private static Map<String, String> read(ResultFolder folder) throws IOException {
    try (BufferedReader reader = folder.read(FILE)) {
      return JSON.readValue(reader, new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s in '%s' is damaged: %s".formatted(FILE, folder, e.getOriginalMessage()), e);
    }
  }
}
