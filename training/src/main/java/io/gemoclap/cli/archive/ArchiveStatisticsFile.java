package io.gemoclap.cli.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.read.ResultFolder;
import java.io.BufferedReader;
import java.io.IOException;

/**
 * {@code normalization.json} of a folder of results: the statistics of the archive that all of its
 * rows rest on, with their version.
 *
 * @param modelId id of the bundle that they were made for
 * @param archiveRecordings how many recordings the archive had
 * @param statistics from some of them
 */
public record ArchiveStatisticsFile(
    String modelId, long archiveRecordings, ArchiveStatistics statistics) {
  /** Name of the file. */
  public static final String FILE = "normalization.json";

  private static final String VERSION = "version";
  private static final String MODEL = "model_id";
  private static final String ARCHIVE = "archive_recordings";
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** Writes the file. */
  public void write(ResultFolder folder) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put(VERSION, statistics.version());
    json.put(MODEL, modelId);
    json.put(ARCHIVE, archiveRecordings);
    json.setAll((ObjectNode) JSON.valueToTree(statistics));
    folder.replace(FILE, json.toPrettyString() + "\n");
  }

  /** Whether a folder has the file. */
  public static boolean isIn(ResultFolder folder) throws IOException {
    return folder.names().contains(FILE);
  }

  /**
   * Reads the file.
   *
   * @throws IOException if it is missing, or its numbers are not those of its version
   */
  public static ArchiveStatisticsFile read(ResultFolder folder) throws IOException {
    try (BufferedReader reader = folder.read(FILE)) {
      JsonNode json = JSON.readTree(reader);
      ArchiveStatistics statistics = JSON.treeToValue(json, ArchiveStatistics.class);
      if (!statistics.version().equals(json.path(VERSION).asText())) {
        throw new IOException(
            "%s in '%s' is damaged: its numbers are of version %s, but it names version %s"
                .formatted(FILE, folder, statistics.version(), json.path(VERSION).asText()));
      }
      return new ArchiveStatisticsFile(
          json.path(MODEL).asText(), json.path(ARCHIVE).asLong(), statistics);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s in '%s' is damaged: %s".formatted(FILE, folder, e.getOriginalMessage()), e);
    }
  }
}
