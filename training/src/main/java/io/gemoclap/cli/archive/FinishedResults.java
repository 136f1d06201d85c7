package io.gemoclap.cli.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.corrections.Corrections;
import io.gemoclap.read.Origins;
import io.gemoclap.read.ResultFiles;
import io.gemoclap.read.ResultFolder;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder of results that no job still writes to, for the commands that use results.
 *
 * @param folder where it is
 * @param summary the totals of {@code summary.json}
 */
public record FinishedResults(ResultFolder folder, JsonNode summary) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads the totals.
   *
   * @throws WrongUsageException if there is no such folder, or its job has not finished
   */
  public static FinishedResults read(ResultFolder folder) throws IOException {
    if (folder.names().isEmpty()) {
      throw new WrongUsageException(
          "'%s' is no folder of results: it does not exist, or is empty".formatted(folder));
    }
    if (ResultFiles.isUnfinished(folder)) {
      throw new WrongUsageException(
          ("The results in '%s' are not finished: a job is still writing there, or was killed. Wait"
                  + " for it, or finish it with 'gemoclap annotate --resume'")
              .formatted(folder));
    }
    try (BufferedReader reader = folder.read(ArchiveSummary.FILE)) {
      return new FinishedResults(folder, JSON.readTree(reader));
    } catch (FileNotFoundException e) {
      throw new WrongUsageException(
          "'%s' is no folder of finished results: it has no %s"
              .formatted(folder, ArchiveSummary.FILE),
          e);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s in '%s' is damaged: %s"
              .formatted(ArchiveSummary.FILE, folder, e.getOriginalMessage()),
          e);
    }
  }

  /** Id of the bundle that made the results. */
  public String modelId() {
    return summary.path("model_id").asText();
  }

  /** Segments with a result. */
  public long segments() {
    return summary.path("segments").asLong();
  }

  /** Segments with and without a result. */
  public long allSegments() {
    return segments() + summary.path("unjudged_segments").asLong();
  }

  /**
   * Whether there are files of a kind, such as {@code embeddings}: here, or in the folder that
   * these results were rescored from.
   */
  public boolean has(String kind) throws IOException {
    return !ResultFiles.of(Origins.holding(folder, kind), kind).isEmpty();
  }

  /**
   * The folders with people's answers about the segments: this one and those that it was rescored
   * from, since a segment keeps its id. New answers belong into the last, which was annotated.
   */
  public List<Path> answered() throws IOException {
    return Origins.line(folder).stream()
        .filter(ResultFolder::isLocal)
        .map(each -> Path.of(each.uri()))
        .toList();
  }

  /** The files with these answers. */
  public List<Path> corrections() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path each : answered()) {
      files.addAll(Corrections.filesIn(each));
    }
    return files;
  }

  /**
   * The bundle to use with the results.
   *
   * @param uri as the user has given it; null for the bundled model, if that has made the results
   * @throws WrongUsageException if the bundled model has not
   */
  public BundleRef model(@Nullable String uri) {
    BundleRef bundle = Bundles.resolve(uri == null ? Bundles.BUNDLED : uri);
    if (uri == null && !bundle.id().equals(modelId())) {
      throw new WrongUsageException(
          "The results in '%s' were made by model %s, which is not the bundled one: give it with --model"
              .formatted(folder, modelId()));
    }
    return bundle;
  }
}
