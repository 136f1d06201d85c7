package io.gemoclap.cli;

import static io.gemoclap.cli.Run.gemoclap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.BundledCopy;
import io.gemoclap.UntrainedBundle;
import io.gemoclap.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gemoclap evaluate} on samples, with the bundled models. */
final class EvaluateIT {
  private static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();
  private static final String[] NAMES = {
    "german-male-48k-stereo.wav",
    "german-male-8k-mulaw.wav",
    "german-female-48k.opus",
    "english-female-48k-stereo.webm"
  };

  @TempDir private static Path shared;
  @TempDir private Path folder;

  /** Four usable files, one of them in two stretches, and all that can go wrong. */
  @BeforeAll
  static void makeACorpus() throws IOException {
    Path corpus = Files.createDirectories(shared.resolve("calls"));
    for (String name : NAMES) {
      Files.copy(SAMPLES.resolve(name), corpus.resolve(name));
    }
    Files.writeString(corpus.resolve("damaged.wav"), "Sincerely yours.\n".repeat(9));
    Files.write(
        corpus.resolve("manifest.csv"),
        List.of(
            "path,emotion,speaker,gender,start_s,end_s",
            "german-male-48k-stereo.wav,angry,m1,male,,",
            "german-male-8k-mulaw.wav,bored,m1,male,0,0.9",
            "german-male-8k-mulaw.wav,joy,m1,male,0.9,1.7",
            "german-female-48k.opus,happy,f1,female,,",
            "english-female-48k-stereo.webm,glee,f2,female,,",
            "damaged.wav,angry,f2,female,,",
            "lost.wav,angry,f2,female,,",
            "english-female-48k-stereo.webm,surprise,f2,female,0,0.8",
            "english-female-48k-stereo.webm,unclear,f2,female,0.8,1.6"));
  }

  private Run evaluate(String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("evaluate", "--output=" + folder.resolve("out")));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--", "--runner=DirectRunner"));
    return gemoclap(arguments.toArray(String[]::new));
  }

  private static String corpus() {
    return "--corpus=csv:" + shared.resolve("calls/manifest.csv");
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out").resolve(file).toFile());
  }

  @Test
  void everyUtteranceIsJudgedExcludedOrAFailureAndScoredAsAnnotationScoresIt() throws IOException {
    Run run = evaluate(corpus(), "--normalize=none,speaker");
    assertEquals(0, run.status(), run.err());
    JsonNode cells = json("evaluation.json").get("cells");
    assertEquals(2, cells.size());
    for (JsonNode cell : cells) {
      assertEquals("calls", cell.get("corpus_name").asText(), "the manifest's folder");
      assertEquals(9, cell.get("utterances").asInt());
      assertEquals(4, cell.get("judged").asInt());
      assertEquals(
          new ObjectMapper().readTree("{\"glee\": 1, \"surprise\": 1, \"unclear\": 1}"),
          cell.get("excluded_labels"));
      assertEquals(
          new ObjectMapper().readTree("{\"UNREADABLE\": 1, \"UNSUPPORTED\": 1}"),
          cell.get("failures"));
      assertEquals("[\"anger\",\"boredom\",\"happiness\"]", cell.get("labels").toString());
      assertTrue(cell.has("gender_uar"));
      Path at = folder.resolve("out").resolve(cell.get("folder").asText());
      assertEquals(2, Files.readAllLines(at.resolve("failures.jsonl")).size());
      assertTrue(Files.isRegularFile(at.resolve("report.html")));
    }
    assertEquals("bundled", cells.get(0).get("name").asText());
    assertEquals("bundled", cells.get(1).get("name").asText());

    Path annotated = folder.resolve("annotated");
    Run annotate =
        gemoclap(
            "annotate",
            "--input=" + shared.resolve("calls/german-male-48k-stereo.wav"),
            "--output=" + annotated,
            "--segment=whole",
            "--normalize=none",
            "--labels=anger,boredom,happiness",
            "--",
            "--runner=DirectRunner");
    assertEquals(0, annotate.status(), annotate.err());
    JsonNode scores = Written.jsonLines(annotated, "annotations").get(0).get("scores");
    JsonNode logits = prediction("bundled-none/calls", "german-male-48k-stereo.wav").get("logits");
    assertEquals(Math.log(scores.get("anger").asDouble()), logits.get(0).asDouble(), 1e-9);
    assertEquals(Math.log(scores.get("boredom").asDouble()), logits.get(1).asDouble(), 1e-9);
  }

  private JsonNode prediction(String cell, String id) throws IOException {
    Map<String, JsonNode> rows = new HashMap<>();
    for (String line :
        Files.readAllLines(folder.resolve("out").resolve(cell).resolve("predictions.jsonl"))) {
      JsonNode row = new ObjectMapper().readTree(line);
      rows.put(row.get("id").asText(), row);
    }
    return rows.get(id);
  }

  @Test
  void modelsAndCorporaMakeAMatrixAndSynonymsAndLabelsDecideWhatIsJudged() throws IOException {
    Path other = shared.resolve("calls/other.csv");
    Files.write(
        other,
        List.of(
            "path,emotion", "german-male-48k-stereo.wav,furious", "german-female-48k.opus,happy"));
    Run run =
        evaluate(
            corpus(),
            "--corpus=csv:" + other,
            "--model=bundled",
            "--model=" + UntrainedBundle.plain(folder.resolve("untrained")),
            "--normalize=none",
            "--labels=angry,happiness,surprise",
            "--synonyms=glee=happiness,furious=anger");
    assertEquals(0, run.status(), run.err());
    JsonNode cells = json("evaluation.json").get("cells");
    assertEquals(4, cells.size());
    assertEquals("[\"angry\",\"happiness\",\"surprise\"]", cells.get(0).get("labels").toString());
    assertEquals(5, cells.get(0).get("judged").asInt());
    assertEquals(
        new ObjectMapper().readTree("{\"boredom\": 1, \"unclear\": 1}"),
        cells.get(0).get("excluded_labels"));
    assertEquals("other", cells.get(1).get("corpus_name").asText());
    assertEquals("[\"angry\",\"happiness\"]", cells.get(1).get("labels").toString());
    assertEquals("[\"surprise\"]", cells.get(1).get("unused_labels").toString());
    assertFalse(cells.get(1).has("gender_uar"), "no gender is known");
    assertFalse(cells.get(1).has("uar_interval_by_speaker"), "no speaker is known");
    assertEquals("untrained", cells.get(3).get("name").asText());
  }

  @Test
  void aCorpusOfWhichEverythingFailsEndsTheCommandWithAStatusOfItsOwn() throws IOException {
    Path broken = shared.resolve("calls/broken.csv");
    Files.write(broken, List.of("path,emotion", "damaged.wav,angry", "damaged.wav#,happy"));
    Files.copy(shared.resolve("calls/damaged.wav"), shared.resolve("calls/damaged.wav#"));
    evaluate("--corpus=csv:" + broken).failsWith(3, "2 of 2 utterances");
    assertEquals(0, json("evaluation.json").get("cells").get(0).get("judged").asInt());
    assertEquals(
        2, Files.readAllLines(folder.resolve("out/bundled-auto/broken/failures.jsonl")).size());
  }

  @Test
  void anInterruptedEvaluationContinuesWithTheCellsThatAreNotFinished() throws IOException {
    Path calls = Files.createDirectories(folder.resolve("few"));
    Files.copy(SAMPLES.resolve(NAMES[0]), calls.resolve("a.wav"));
    Files.copy(SAMPLES.resolve(NAMES[1]), calls.resolve("b.wav"));
    Path list = calls.resolve("list.csv");
    Files.write(list, List.of("path,emotion", "a.wav,angry", "b.wav,bored"));
    Files.write(calls.resolve("broken.csv"), List.of("path,emotion", "c.wav,angry", "d.wav,bored"));
    Files.writeString(calls.resolve("c.wav"), "Sincerely yours.\n".repeat(9));
    Files.writeString(calls.resolve("d.wav"), "Sincerely yours.\n".repeat(9));
    String[] options = {
      "--corpus=csv:" + list, "--corpus=csv:" + calls.resolve("broken.csv"), "--max-failures=100%"
    };
    assertEquals(0, evaluate(options).status());
    JsonNode before = json("evaluation.json").get("cells");
    assertEquals(2, before.size());

    // As a killed command leaves them: no matrix, one finished cell, and half of the other.
    Path out = folder.resolve("out");
    Files.delete(out.resolve("evaluation.json"));
    Path finished = Files.createFile(out.resolve("bundled-auto/broken/kept"));
    Path unfinished = out.resolve("bundled-auto/list");
    Files.delete(unfinished.resolve("done.json"));
    Path half = unfinished.resolve("annotations/annotations-99999-of-99999.jsonl");
    Files.writeString(half, "{\"recording\":\"x\"}\n");

    evaluate(options).failsWith(2, "is not empty");
    evaluate(with(options, "--resume", "--overwrite")).failsWith(2, "give only one");
    evaluate(with(options, "--resume", "--labels=angry,boredom"))
        .failsWith(2, "was started with --labels=the model's, not angry,boredom");
    evaluate(with(options, "--resume", "--synonyms=mad=anger")).failsWith(2, "--synonyms={}");
    evaluate(options[0], "--resume").failsWith(2, "audio of corpus broken=");
    Path other = BundledCopy.edited(folder.resolve("other"), m -> m.put("licence", "another"));
    evaluate(with(options, "--resume", "--model=" + other))
        .failsWith(2, "model other with --normalize=");
    Files.write(list, List.of("path,emotion", "a.wav,angry", "b.wav,sad"));
    evaluate(with(options, "--resume")).failsWith(2, "annotations of corpus list=");
    Files.write(list, List.of("path,emotion", "a.wav,angry", "b.wav,bored"));
    assertTrue(Files.exists(half), "refusals change nothing");

    Run resumed = evaluate(with(options, "--resume", "--decoder=isolated"));
    assertEquals(0, resumed.status(), resumed.err());
    assertTrue(resumed.err().contains("1 of 2 cells are finished"), resumed.err());
    JsonNode after = json("evaluation.json").get("cells");
    assertEquals(before.get(1), after.get(1));
    for (String figure : List.of("corpus_name", "judged", "labels", "uar", "model_id")) {
      assertEquals(before.get(0).get(figure), after.get(0).get(figure), figure);
    }
    assertTrue(Files.exists(finished), "a finished cell is not touched");
    assertFalse(Files.exists(half), "an unfinished one starts over");

    Run again = evaluate(with(options, "--resume"));
    assertEquals(0, again.status(), again.err());
    assertTrue(again.err().contains("2 of 2 cells are finished"), again.err());
    assertEquals(after, json("evaluation.json").get("cells"));
  }

  @Test
  void onlyAnEvaluationCanBeResumed() throws IOException {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/kept"), "mine");
    evaluate(corpus(), "--resume").failsWith(2, "cannot be resumed: it has no job.json");
    assertTrue(Files.exists(folder.resolve("out/kept")));
  }

  private static String[] with(String[] options, String... more) {
    return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void aRowOfTheTableOfExperimentsIsEvaluatedAndComparedWithItsExpectedUar() throws IOException {
    Path small = Files.createDirectories(shared.resolve("small"));
    Files.copy(SAMPLES.resolve("german-male-48k-stereo.wav"), small.resolve("a.wav"));
    Files.copy(SAMPLES.resolve("german-male-8k-mulaw.wav"), small.resolve("b.wav"));
    Files.write(small.resolve("list.csv"), List.of("path,emotion", "a.wav,angry", "b.wav,bored"));
    Path table = folder.resolve("table.csv");
    Files.write(
        table,
        List.of(
            "id,command,corpus,variant,alpha,prompts,seeds,options,uar,tolerance",
            "any,evaluate,csv:small/list.csv,,,,,-- --runner=DirectRunner,50,50",
            "none,evaluate,csv:small/list.csv,,,,,-- --runner=DirectRunner,-50,1"));
    assertEquals(0, experiment(table, "any", small).status());
    assertTrue(Files.isRegularFile(folder.resolve("runs/any/evaluation.html")));
    assertEquals(1, experiment(table, "none", small).status(), "the UAR is not the expected one");
  }

  private Run experiment(Path table, String id, Path data) {
    return gemoclap(
        "experiment",
        id,
        "--table=" + table,
        "--data=" + data,
        "--output=" + folder.resolve("runs"));
  }

  @Test
  void wrongUsageChangesNothing() throws IOException {
    evaluate(corpus(), "--labels=calm,fear").failsWith(2, "The model has no label in common");
    evaluate(corpus(), "--labels=calm,anger").failsWith(2, "only one label in common");
    Path plain = UntrainedBundle.plain(shared.resolve("plain"));
    evaluate(corpus(), "--model=" + plain, "--normalize=speaker")
        .failsWith(2, "was trained without normalisation");
    evaluate(corpus(), "--synonyms=calm").failsWith(2, "'calm' is not a pair");
    evaluate("--corpus=calls:/x").failsWith(2, "Unknown corpus kind 'calls'");
    evaluate("--corpus=csv:/no/such.csv").failsWith(2, "does not exist");
    evaluate(corpus(), "--max-failures=2").failsWith(2, "--max-failures");
    evaluate().failsWith(2, "--corpus");
    assertFalse(Files.exists(folder.resolve("out")));
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/kept"), "mine");
    evaluate(corpus()).failsWith(2, "is not empty; choose another or add --overwrite");
    assertTrue(Files.exists(folder.resolve("out/kept")));
  }
}
