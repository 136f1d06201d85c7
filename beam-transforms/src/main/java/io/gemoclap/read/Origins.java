package io.gemoclap.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Where rescored results come from. Their folder holds new rows, but what has not changed stays in
 * the folder that they were made of: features, and the embeddings of a model that is the same.
 * {@code job.json} names that folder.
 *
 * @hidden
 */
@Internal
public final class Origins {
  /** Setting in {@code job.json} with the folder that was rescored: {@link #reference}. */
  public static final String RESCORED = "rescored";

  /** Setting in {@code job.json} with the id of the model that made the rescored folder. */
  public static final String RESCORED_MODEL = "rescored_model";

  private static final String MODEL = "--model";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Origins() {}

  /**
   * How a rescored folder names its origin: relative to itself where it lies inside, so that both
   * can be moved together; otherwise absolutely.
   */
  public static String reference(ResultFolder rescored, ResultFolder origin) {
    if (rescored.isLocal() && origin.isLocal()) {
      Path inner = path(rescored);
      Path outer = path(origin);
      return inner.startsWith(outer) && !inner.equals(outer)
          ? inner.relativize(outer).toString()
          : outer.toString();
    }
    if (origin.isLocal()) {
      return path(origin).toString();
    }
    return parent(rescored).equals(plain(origin)) ? ".." : plain(origin);
  }

  /** The folder that was rescored; empty for results of annotation, or if that folder is gone. */
  public static Optional<ResultFolder> of(ResultFolder folder) throws IOException {
    String reference = job(folder).path(RESCORED).asText();
    if (reference.isEmpty()) {
      return Optional.empty();
    }
    ResultFolder origin;
    if (reference.contains("://")) {
      origin = new ResultFolder(reference);
    } else if (folder.isLocal()) {
      origin = new ResultFolder(path(folder).resolve(reference).normalize().toString());
    } else {
      origin = new ResultFolder(reference.equals("..") ? parent(folder) : reference);
    }
    return origin.names().isEmpty() ? Optional.empty() : Optional.of(origin);
  }

  /** A folder and those that it comes from, one after another; the last was annotated. */
  public static List<ResultFolder> line(ResultFolder folder) throws IOException {
    List<ResultFolder> line = new ArrayList<>();
    Optional<ResultFolder> next = Optional.of(folder);
    while (next.isPresent() && !line.contains(next.get())) {
      line.add(next.get());
      next = of(next.get());
    }
    return line;
  }

  /**
   * The folder whose files of a kind hold for a folder: itself if it has some. Otherwise, features
   * are those of its origin, and so are embeddings if the model is the same.
   *
   * @param kind how the names of the files begin, such as {@code embeddings}
   * @return the folder itself if there are none
   * @throws IOException if the folder does not exist or is empty, or lacks a file that it lists
   */
  public static ResultFolder holding(ResultFolder folder, String kind) throws IOException {
    if (!kind.equals("embeddings") && !kind.equals("features")) {
      return folder;
    }
    for (ResultFolder each : line(folder)) {
      if (!ResultFiles.inAllFormats(each, kind).isEmpty()) {
        return each;
      }
      JsonNode job = job(each);
      if (kind.equals("embeddings") && !job.path(MODEL).equals(job.path(RESCORED_MODEL))) {
        return folder;
      }
    }
    return folder;
  }

  private static JsonNode job(ResultFolder folder) throws IOException {
    if (!folder.names().contains(ResultFiles.JOB)) {
      return JSON.createObjectNode();
    }
    try (BufferedReader reader = folder.read(ResultFiles.JOB)) {
      return JSON.readTree(reader);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s in '%s' is damaged: %s".formatted(ResultFiles.JOB, folder, e.getOriginalMessage()),
          e);
    }
  }

  private static Path path(ResultFolder folder) {
    return Path.of(folder.uri()).toAbsolutePath().normalize();
  }

  private static String plain(ResultFolder folder) {
    return folder.uri().replaceFirst("/+$", "");
  }

  private static String parent(ResultFolder folder) {
    return plain(folder).replaceFirst("/[^/]*$", "");
  }
}
