package io.gemoclap.cli.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.read.ResultFolder;
import io.gemoclap.resume.SameSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings that decide the rows of a folder, in its {@code job.json}: written before anything
 * else, and compared before anything is added. What only decides how a job is carried out, such as
 * isolated decoders or the GPU, is not among them and may change. Immutable.
 *
 * @param values in their order, by the name of the option, as in {@code --model}
 */
public record JobSettings(Map<String, String> values) {
  /** Name of the file. */
  public static final String FILE = "job.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies the values. */
  public JobSettings {
    values = new LinkedHashMap<>(values);
  }

  /** Writes {@code job.json}. */
  public void write(ResultFolder folder) throws IOException {
    folder.replace(
        FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(values).concat("\n"));
  }

  /**
   * Compares with what the folder was started with.
   *
   * @throws IllegalArgumentException if settings differ, listing each with both values; or if the
   *     folder holds something, but no {@code job.json}
   */
  public void requireSameIn(ResultFolder folder) throws IOException {
    if (!folder.names().contains(FILE)) {
      throw new IllegalArgumentException(
          "The output folder '%s' cannot be resumed: it has no %s".formatted(folder, FILE));
    }
    try (BufferedReader reader = folder.read(FILE)) {
      SameSettings.require(
          "The output folder '" + folder + "'",
          JSON.readValue(reader, new TypeReference<LinkedHashMap<String, String>>() {}),
          values);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s in '%s' is damaged: %s".formatted(FILE, folder, e.getOriginalMessage()), e);
    }
  }
}
