package io.gemoclap.cli.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.read.ResultFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * What a folder of results holds, part by part. A part counts once its {@code summary-<part>.json}
 * stands there, which a job writes after all other files and which lists them; other files of parts
 * were left by a job that was killed, or that started over.
 *
 * @param summaries the parts' summaries by their number
 * @param done ids of the recordings that have a row among the recordings, or failed as a whole
 * @param retriable ids of those that failed as a whole and have no row but failures
 * @param unreadable ids of recordings that could not be read
 * @param leftovers names of files that belong to no finished part
 * @param unsettled ids of all recordings of the parts that hold a failed segment that may succeed
 *     when it is tried again, by the number of the part
 * @param fruitless ids of recordings that were decoded, but have no result, since their segments
 *     failed for reasons other than what they hold
 * @param inputs what the recordings with rows were when they were annotated
 */
public record FinishedParts(
    Map<Integer, JsonNode> summaries,
    Set<String> done,
    Set<String> retriable,
    Set<String> unreadable,
    List<String> leftovers,
    Map<Integer, Set<String>> unsettled,
    Set<String> fruitless,
    InputDigests inputs) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of a folder that holds nothing. */
  public static FinishedParts none() {
    return new FinishedParts(
        Map.of(), Set.of(), Set.of(), Set.of(), List.of(), Map.of(), Set.of(), new InputDigests());
  }

  /**
   * Reads the rows of recordings and failures once; changes nothing.
   *
   * @throws IOException if a file of a finished part is missing, in a sentence that names the part
   */
  public static FinishedParts read(ResultFolder folder) throws IOException {
    return read(folder, part -> true);
  }

  /** The same for some parts alone, by their numbers. */
  public static FinishedParts read(ResultFolder folder, IntPredicate wanted) throws IOException {
    Map<Integer, List<PartFile>> parts = new TreeMap<>();
    for (String name : folder.names()) {
      PartFile.of(name)
          .filter(file -> wanted.test(file.part()))
          .ifPresent(f -> parts.computeIfAbsent(f.part(), p -> new ArrayList<>()).add(f));
    }
    FinishedParts found =
        new FinishedParts(
            new TreeMap<>(),
            new HashSet<>(),
            new HashSet<>(),
            new HashSet<>(),
            new ArrayList<>(),
            new TreeMap<>(),
            new HashSet<>(),
            new InputDigests());
    Set<String> listed = new HashSet<>();
    for (Map.Entry<Integer, List<PartFile>> part : parts.entrySet()) {
      List<PartFile> files = part.getValue();
      JsonNode summary = summary(folder, files);
      Set<String> own = summary == null ? Set.of() : filesOf(part.getKey(), summary, files);
      files.stream()
          .map(PartFile::name)
          .filter(name -> !own.contains(name))
          .forEach(found.leftovers::add);
      if (summary != null) {
        files = files.stream().filter(file -> own.contains(file.name())).toList();
        requireAll(folder, part.getKey(), own, files);
        found.summaries.put(part.getKey(), summary);
        listed.addAll(found.add(folder, part.getKey(), files));
      }
    }
    found.done.addAll(listed);
    found.done.addAll(found.retriable);
    found.retriable.removeAll(listed);
    return found;
  }

  /** Counts of all recordings, and of those without a result. */
  public MaxFailures.Counts counts() {
    return new MaxFailures.Counts((long) retriable.size() + fruitless.size(), done.size());
  }

  /** The number of the next part. */
  public int next() {
    return summaries.keySet().stream().mapToInt(number -> number + 1).max().orElse(0);
  }

  /** Drops the rows of recordings that are to be tried again; they are not done from then on. */
  public static void forgetFailures(ResultFolder folder, Set<String> recordings)
      throws IOException {
    for (String name : recordings.isEmpty() ? List.<String>of() : folder.names()) {
      if (PartFile.of(name).filter(file -> file.kind().equals("failures")).isPresent()) {
        JsonLinesFile.retain(
            folder, name, row -> !recordings.contains(row.path("recording").asText()));
      }
    }
  }

  /**
   * Makes parts count as not finished, so that their recordings run again. Their files belong to no
   * finished part from then on; a job that is killed here or later leaves them to the next one.
   */
  public static void reopen(ResultFolder folder, Set<Integer> parts) throws IOException {
    folder.delete(parts.stream().map(PartFile::summaryOf).toList());
  }

  /** Sum of a figure over all parts. */
  double sum(String figure) {
    return summaries.values().stream()
        .mapToDouble(summary -> summary.path(figure).asDouble())
        .sum();
  }

  /** Ids that have a row among the part's recordings; those that failed go to {@code retriable}. */
  private Set<String> add(ResultFolder folder, int part, List<PartFile> files) throws IOException {
    PartOutcome outcome = PartOutcome.read(folder, files);
    Set<String> listed = outcome.listed();
    retriable.addAll(outcome.failed());
    unreadable.addAll(outcome.unreadable());
    fruitless.addAll(outcome.fruitless());
    if (outcome.hasTemporaryFailure()) {
      unsettled.put(part, outcome.all());
    }
    inputs.add(part, summaries.get(part), listed);
    if (listed.size() < summaries.get(part).path("recordings").asInt()) {
      throw damaged(folder, part, "rows of recordings");
    }
    return listed;
  }

  /** What a part's summary lists, and the summary itself; all where it has no list. */
  private static Set<String> filesOf(int part, JsonNode summary, List<PartFile> all) {
    Set<String> names = new HashSet<>(Set.of(PartFile.summaryOf(part)));
    summary.path("files").forEach(name -> names.add(name.asText()));
    if (!summary.has("files")) {
      all.forEach(file -> names.add(file.name()));
    }
    return names;
  }

  private static void requireAll(
      ResultFolder folder, int part, Set<String> names, List<PartFile> files) throws IOException {
    Set<String> missing = new TreeSet<>(names);
    files.forEach(file -> missing.remove(file.name()));
    if (!missing.isEmpty()) {
      throw damaged(folder, part, String.join(", ", missing));
    }
  }

  private static IOException damaged(ResultFolder folder, int part, String missing) {
    return new IOException(
        ("Part %s in '%s' is incomplete: missing %s. Restore this, or delete %s to make the"
                + " part run again")
            .formatted(PartFile.number(part), folder, missing, PartFile.summaryOf(part)));
  }

  private static JsonNode summary(ResultFolder folder, List<PartFile> files) throws IOException {
    for (PartFile file : files) {
      if (file.kind().equals("summary")) {
        try (BufferedReader reader = folder.read(file.name())) {
          JsonNode summary = JSON.readTree(reader);
          return summary.has("recordings") ? summary : null;
        } catch (JsonProcessingException e) {
          return null; // The job was killed while it wrote this.
        }
      }
    }
    return null;
  }
}
