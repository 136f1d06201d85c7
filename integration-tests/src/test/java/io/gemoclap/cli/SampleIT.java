package io.gemoclap.cli;

import static io.gemoclap.cli.Run.gemoclap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ObjectArrays;
import io.gemoclap.Written;
import io.gemoclap.corrections.Answer;
import io.gemoclap.corrections.Correction;
import io.gemoclap.corrections.CorrectionLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample recordings are annotated, sampled, corrected and estimated. */
final class SampleIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static Path results;

  @BeforeAll
  static void annotate() throws IOException {
    results = folder.resolve("results");
    Path samples = Path.of("examples", "samples").toAbsolutePath();
    Path manifest = folder.resolve("manifest.csv");
    StringBuilder rows = new StringBuilder("path,station\n");
    try (var files = Files.list(samples)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        rows.append("%s,%s\n".formatted(file, name.replaceFirst("[-.].*", "")));
      }
    }
    Files.writeString(manifest, rows);
    Run run = gemoclap("annotate", "--input=" + manifest, "--output=" + results, "--embeddings");
    assertEquals(0, run.status(), run.err());
  }

  private static List<JsonNode> sample(Path output, String... options) throws IOException {
    String[] required = {"sample", results.toString(), "--output=" + output};
    Run run = gemoclap(ObjectArrays.concat(required, options, String.class));
    assertEquals(0, run.status(), run.err());
    return Files.readAllLines(output).stream().map(SampleIT::json).toList();
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Integer> counts(List<JsonNode> rows, String column) {
    Map<String, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row.get(column).asText(), 1, Integer::sum));
    return counts;
  }

  @Test
  void partsHaveTheirSharesAndRowsAreThoseOfTheAnnotations() throws IOException {
    List<JsonNode> rows = sample(folder.resolve("parts.jsonl"), "--n=20");
    assertEquals(Map.of("random", 10, "uncertain", 5, "diverse", 5), counts(rows, "part"));
    Map<String, JsonNode> annotations = new HashMap<>();
    Written.jsonLines(results, "annotations")
        .forEach(row -> annotations.put(row.get("segment_id").asText(), row));
    Set<String> ids = new HashSet<>();
    for (JsonNode row : rows) {
      JsonNode annotated = annotations.get(row.get("segment_id").asText());
      ids.add(row.get("segment_id").asText());
      for (String column :
          List.of("recording", "channel", "start_s", "end_s", "emotion", "confidence")) {
        assertEquals(annotated.get(column), row.get(column), column);
      }
    }
    assertEquals(20, ids.size());
    Map<String, Long> strata = new HashMap<>();
    rows.forEach(row -> strata.put(row.get("stratum").asText(), row.get("stratum_size").asLong()));
    assertTrue(
        strata.values().stream().mapToLong(Long::longValue).sum() <= annotations.size(),
        "" + strata);
  }

  @Test
  void theRunnerDoesNotMatterButTheSeedDoes() throws IOException {
    List<JsonNode> rows = sample(folder.resolve("flink.jsonl"), "--n=20", "--by=station");
    assertEquals(
        rows,
        sample(
            folder.resolve("direct.jsonl"),
            "--n=20",
            "--by=station",
            "--",
            "--runner=DirectRunner"));
    assertEquals(
        rows,
        sample(folder.resolve("one.jsonl"), "--n=20", "--by=station", "--", "--parallelism=1"));
    assertTrue(
        !rows.equals(sample(folder.resolve("two.jsonl"), "--n=20", "--by=station", "--seed=2")));
    assertEquals(
        new TreeSet<>(Set.of("conversation", "english", "german")),
        new TreeSet<>(counts(rows, "stratum").keySet()));
  }

  @Test
  void answersGiveEstimatesAndThoseOfAllSegmentsAreExact() throws IOException {
    Path all = folder.resolve("all.jsonl");
    List<JsonNode> annotations = Written.jsonLines(results, "annotations");
    List<JsonNode> rows = sample(all, "--n=" + annotations.size(), "--shares=random=1");
    assertEquals(annotations.size(), rows.size());
    Path answers = folder.resolve("answers.jsonl");
    int right = 0;
    try (CorrectionLog log = CorrectionLog.open(answers)) {
      for (int i = 0; i < rows.size(); i++) {
        boolean agrees = i % 4 != 0;
        right += agrees ? 1 : 0;
        log.append(answer(rows.get(i), agrees ? Answer.LABEL : Answer.NOT_SPEECH));
      }
    }
    Path written = folder.resolve("all-estimates.json");
    Run run =
        gemoclap(
            "sample",
            results.toString(),
            "--estimate",
            "--sample=" + all,
            "--corrections=" + answers,
            "--output=" + written);
    assertEquals(0, run.status(), run.err());
    JsonNode estimates = JSON.readTree(written.toFile());
    double share = (double) right / rows.size();
    for (String bound : List.of("value", "low", "high")) {
      assertEquals(share, estimates.get("accuracy").get(bound).asDouble(), 1e-9);
    }
    assertEquals(annotations.size(), estimates.get("segments").asInt());
    for (JsonNode label : estimates.get("labels")) {
      if (label.get("label").asText().equals("not_speech")) {
        assertEquals(1 - share, label.get("share").get("value").asDouble(), 1e-9);
      } else {
        String name = label.get("label").asText();
        assertEquals(
            counts(annotations, "emotion").get(name) / (double) rows.size(),
            label.get("model_share").get("value").asDouble(),
            1e-9);
      }
    }
  }

  private static Correction answer(JsonNode row, Answer answer) {
    return new Correction(
        row.get("segment_id").asText(),
        row.get("recording").asText(),
        answer,
        answer == Answer.LABEL ? row.get("emotion").asText() : "",
        "kim",
        Instant.now(),
        row.get("emotion").asText(),
        row.get("abstained").asBoolean(),
        row.get("model_id").asText(),
        row.get("label_set").asText());
  }

  @Test
  void someAnswersGiveIntervals() throws IOException {
    List<JsonNode> rows = sample(results.resolve("sample.jsonl"), "--n=24");
    try (CorrectionLog log = CorrectionLog.open(results.resolve("corrections.jsonl"))) {
      for (JsonNode row : rows.subList(0, 20)) {
        log.append(answer(row, Answer.LABEL));
      }
    }
    Run run = gemoclap("sample", results.toString(), "--estimate");
    assertEquals(0, run.status(), run.err());
    JsonNode estimates = JSON.readTree(results.resolve("estimates.json").toFile());
    JsonNode random = estimates.get("random");
    assertEquals(12, random.get("sampled").asInt());
    assertEquals(random.get("answered").asInt(), estimates.get("accuracy").get("answers").asInt());
    assertTrue(random.get("answered").asInt() >= 8, random.toString());
    assertEquals(1, estimates.get("accuracy").get("value").asDouble());
    assertTrue(estimates.get("accuracy").get("low").asDouble() < 0.9);
    gemoclap("sample", results.toString()).failsWith(2, "exists already");
    Files.delete(results.resolve("sample.jsonl"));
    Files.delete(results.resolve("corrections.jsonl"));
    Files.delete(results.resolve("estimates.json"));
  }

  @Test
  void withoutEmbeddingsTheOthersGetTheShareOfTheDiversePart() throws IOException {
    Path bare = Files.createDirectory(folder.resolve("bare"));
    copy(bare, name -> !name.endsWith(".parquet"));
    Path summary = bare.resolve("summary-00000.json");
    Files.writeString(summary, Files.readString(summary).replaceAll("\"embeddings-[^\"]*\",?", ""));
    Run run = gemoclap("sample", bare.toString(), "--n=21");
    assertEquals(0, run.status(), run.err());
    List<JsonNode> rows =
        Files.readAllLines(bare.resolve("sample.jsonl")).stream().map(SampleIT::json).toList();
    assertEquals(Map.of("random", 14, "uncertain", 7), counts(rows, "part"));
    gemoclap("sample", bare.toString(), "--shares=diverse=1", "--overwrite")
        .failsWith(2, "The diverse part needs embeddings");
    Files.delete(bare.resolve("summary.json"));
    gemoclap("sample", bare.toString(), "--overwrite")
        .failsWith(2, "finish it with 'gemoclap annotate --resume'");
  }

  private interface Names {
    boolean has(String name);
  }

  private static void copy(Path target, Names names) throws IOException {
    try (var files = Files.list(results)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (names.has(file.getFileName().toString())) {
          Files.copy(file, target.resolve(file.getFileName()));
        }
      }
    }
  }

  @Test
  void whatIsWrongIsNamedWithItsRemedy() throws IOException {
    String in = results.toString();
    String output = "--output=" + folder.resolve("refused.jsonl");
    gemoclap("sample", folder.resolve("nowhere").toString())
        .failsWith(2, "is no folder of results");
    gemoclap("sample", in, output, "--", "--flinkMaster=cluster:8081")
        .failsWith(2, "runs in its own process and not on a cluster");
    gemoclap("sample", in, output, "--by=speaker").failsWith(2, "one of the columns: station");
    gemoclap("sample", in, output, "--n=5000")
        .failsWith(2, "--n=5000 is more than the 35 segments");
    gemoclap("sample", in, output, "--n=0").failsWith(2, "--n=0 is not in 1 to 10000");
    gemoclap("sample", in, output, "--shares=random=0.5").failsWith(2, "add up to 0.5, not to 1");
    gemoclap("sample", in, output, "--shares=best=1").failsWith(2, "has no part 'best'");
    gemoclap("sample", in, output, "--estimate", "--n=5").failsWith(2, "does not choose");
    gemoclap("sample", in, output, "--corrections=x.jsonl").failsWith(2, "add --estimate");
  }

  @Test
  void aSampleOfOtherResultsIsRefused() throws IOException {
    Path file = folder.resolve("checked.jsonl");
    sample(file, "--n=20");
    String[] estimate = {
      "sample", results.toString(), "--estimate", "--output=" + folder.resolve("no.json")
    };
    String text = Files.readString(file);
    Path changed = folder.resolve("changed.jsonl");
    String[] of = ObjectArrays.concat(estimate, "--sample=" + changed);
    gemoclap(ObjectArrays.concat(estimate, "--sample=" + folder.resolve("none.jsonl")))
        .failsWith(2, "draw one with 'gemoclap sample");
    Files.writeString(changed, text.replaceAll("\"model_id\":\"[^\"]*", "\"model_id\":\"0123"));
    gemoclap(of).failsWith(2, "was drawn from results of the model 0123");
    Files.writeString(changed, text.replaceAll("\"label_set\":\"[^\"]*", "\"label_set\":\"abc"));
    gemoclap(of).failsWith(2, "was drawn from results of the label set abc");
    Files.writeString(changed, text.replaceAll("\"recording\":\"[^\"]*", "\"recording\":\"/x.wav"));
    gemoclap(of).failsWith(2, "does not have the recording '/x.wav'");
    Files.writeString(changed, text.replace("\"stratum_size\":", "\"stratum_size\":1"));
    gemoclap(of).failsWith(2, "draw another sample of all of them");
    Files.writeString(changed, text.replaceFirst("\"part\":\"random\"", "\"part\":\"diverse\""));
    gemoclap(of).failsWith(2, "restore it, or draw another sample");

    Files.writeString(changed, text);
    gemoclap(of).failsWith(2, "There is no file of corrections");
    Path others = folder.resolve("others.jsonl");
    try (CorrectionLog log = CorrectionLog.open(others)) {
      log.append(
          new Correction(
              "x.wav#0:0-9", "x.wav", Answer.UNSURE, "", "kim", Instant.EPOCH, "", false, "", ""));
    }
    gemoclap(ObjectArrays.concat(of, "--corrections=" + others))
        .failsWith(2, "but about others: x.wav#0:0-9");
    Path one = folder.resolve("one-answer.jsonl");
    try (CorrectionLog log = CorrectionLog.open(one)) {
      JsonNode random =
          Files.readAllLines(file).stream()
              .map(SampleIT::json)
              .filter(row -> row.get("part").asText().equals("random"))
              .findFirst()
              .orElseThrow();
      log.append(answer(random, Answer.LABEL));
    }
    gemoclap(ObjectArrays.concat(of, "--corrections=" + one))
        .failsWith(2, "Fewer than two segments are answered");
  }
}
