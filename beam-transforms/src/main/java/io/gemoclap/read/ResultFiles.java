package io.gemoclap.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Which files of a folder hold its results. Each finished part has a summary that lists its files;
 * other files of an archive were left by a job that was killed. A continuous job writes no
 * summaries: all its files count, because each appears when it is complete.
 *
 * @hidden
 */
@Internal
public final class ResultFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOTALS = "summary.json";
  private static final Pattern SUMMARY = Pattern.compile("summary(-[\\w-]+)?\\.json");

  /** Settings of an archive's job, which are written before its first row. */
  static final String JOB = "job.json";

  private ResultFiles() {}

  /**
   * Names of the files of one kind, sorted; none if there are none. JSON Lines are preferred where
   * a folder has both formats.
   *
   * @param kind how their names begin, such as {@code annotations}
   * @throws IOException if the folder does not exist or is empty, or lacks a file that it lists
   */
  public static List<String> of(ResultFolder folder, String kind) throws IOException {
    List<String> all = inAllFormats(folder, kind);
    List<String> lines = all.stream().filter(name -> name.endsWith(".jsonl")).toList();
    return lines.isEmpty() ? all : lines;
  }

  /** The same in both formats, which hold the same rows. */
  public static List<String> inAllFormats(ResultFolder folder, String kind) throws IOException {
    List<String> names = folder.names();
    if (names.isEmpty()) {
      throw new FileNotFoundException(
          "'%s' is no folder of results: it does not exist, or is empty".formatted(folder));
    }
    Map<String, String> summaryOf = new TreeMap<>();
    boolean inParts = names.contains(JOB);
    for (String name : names) {
      Matcher summary = SUMMARY.matcher(name);
      if (summary.matches()) {
        JsonNode files = read(folder, name).path("files");
        files.forEach(file -> summaryOf.put(file.asText(), name));
        inParts |= files.isArray();
        if (summary.group(1) != null && files.isMissingNode()) {
          // Written before summaries listed their files.
          inParts = true;
          names.stream()
              .filter(file -> file.contains(summary.group(1) + "-"))
              .forEach(file -> summaryOf.put(file, name));
        }
      }
    }
    List<String> files = ofKind(inParts ? summaryOf.keySet() : names, kind);
    for (String file : files) {
      if (!names.contains(file)) {
        String summary = summaryOf.get(file);
        throw new FileNotFoundException(
            ("'%s' is missing in '%s', but %s lists it. Restore it, or delete %s and annotate with"
                    + " --resume")
                .formatted(file, folder, summary, summary));
      }
    }
    return files;
  }

  /** Whether the folder is that of an archive of which some recordings still have no result. */
  public static boolean isUnfinished(ResultFolder folder) throws IOException {
    List<String> names = folder.names();
    return names.contains(JOB) && !names.contains(TOTALS);
  }

  private static List<String> ofKind(Collection<String> names, String kind) {
    Pattern file = Pattern.compile(Pattern.quote(kind) + "-.*\\.(jsonl|parquet)");
    return names.stream().filter(name -> file.matcher(name).matches()).sorted().toList();
  }

  private static JsonNode read(ResultFolder folder, String name) throws IOException {
    try (BufferedReader reader = folder.read(name)) {
      return JSON.readTree(reader);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode(); // The job was killed while it wrote this.
    }
  }
}
