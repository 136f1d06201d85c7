package io.gemoclap.cli.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.gemoclap.census.RemoteListing;
import io.gemoclap.cli.archive.EmptyFolder;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.read.ResultFolder;
import io.gemoclap.resume.SameSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;

/**
 * The output folder of an export.
 *
 * @param folder where it is
 */
record ExportFolder(ResultFolder folder) {
  private static final String JOB = "export-job.json";
  private static final String REPORT = "export.json";
  private static final String WORK = ".export";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Prepares the folder.
   *
   * @param settings what decides the corpus, by the name of the option
   * @return whether the corpus is finished already, and nothing is left to do
   * @throws WrongUsageException if the folder holds something else, or was begun with other
   *     settings
   */
  boolean prepare(Map<String, String> settings, boolean resume, boolean overwrite)
      throws IOException {
    List<String> names = folder.names();
    if (resume && names.contains(JOB)) {
      requireSame(settings);
      return names.contains(REPORT);
    }
    if (overwrite && !names.isEmpty() && !names.contains(JOB)) {
      throw new WrongUsageException(
          "'%s' is not the output of an export, so --overwrite does not empty it. Choose another folder"
              .formatted(folder));
    }
    EmptyFolder.prepare(folder, overwrite);
    if (!folder.isLocal()) {
      deleteBelow("");
    } else {
      Files.createDirectories(Path.of(folder.uri()));
    }
    folder.replace(
        JOB, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(settings).concat("\n"));
    return false;
  }

  private void requireSame(Map<String, String> settings) throws IOException {
    try (BufferedReader reader = folder.read(JOB)) {
      SameSettings.require(
          "The corpus in '" + folder + "'",
          JSON.readValue(reader, new TypeReference<LinkedHashMap<String, String>>() {}),
          settings);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s in '%s' is damaged: %s. Start again with --overwrite"
              .formatted(JOB, folder, e.getOriginalMessage()),
          e);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(e.getMessage(), e);
    }
  }

  /** What the corpus has come to. */
  JsonNode report() throws IOException {
    try (BufferedReader reader = folder.read(REPORT)) {
      return JSON.readTree(reader);
    }
  }

  /** Deletes the marks of finished shards, which a finished corpus does not need. */
  void clean() throws IOException {
    if (!folder.isLocal()) {
      deleteBelow(WORK + "/");
      return;
    }
    Path work = Path.of(folder.uri(), WORK);
    if (Files.isDirectory(work)) {
      MoreFiles.deleteRecursively(work, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  private void deleteBelow(String name) throws IOException {
    String pattern = folder.uri().replaceFirst("/+$", "") + "/" + name + "**";
    FileSystems.delete(
        RemoteListing.match(pattern).stream().map(MatchResult.Metadata::resourceId).toList(),
        StandardMoveOptions.IGNORE_MISSING_FILES);
  }
}
