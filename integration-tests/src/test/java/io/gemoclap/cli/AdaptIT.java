package io.gemoclap.cli;

import static io.gemoclap.cli.Run.gemoclap;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.UntrainedBundle;
import io.gemoclap.Written;
import io.gemoclap.corrections.Answer;
import io.gemoclap.corrections.Correction;
import io.gemoclap.corrections.CorrectionLog;
import io.gemoclap.model.GEmoClap;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An archive is annotated, corrected, and its model adapted, by the command line. The model is
 * untrained, and people label voices of men as angry and voices of women as calm: what can be
 * learned, and heard in other recordings.
 */
final class AdaptIT {
  private static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Path parent;
  private static Path archive;
  private static Path results;
  private static List<JsonNode> rows;

  @BeforeAll
  static void annotates() throws IOException {
    parent = UntrainedBundle.hierarchical(shared.resolve("parent"));
    archive = Files.createDirectory(shared.resolve("archive"));
    try (Stream<Path> samples = Files.list(SAMPLES)) {
      for (Path sample : (Iterable<Path>) samples::iterator) {
        if (sample.getFileName().toString().contains("male")) {
          Files.copy(sample, archive.resolve(sample.getFileName()));
        }
      }
    }
    results = shared.resolve("results");
    annotate(parent, results);
    rows = Written.jsonLines(results, "annotations");
    try (CorrectionLog log = CorrectionLog.open(results.resolve("corrections.jsonl"))) {
      for (JsonNode row : rows) {
        log.append(label(row, "kim", isFemale(row) ? " Calm" : "angry"));
      }
    }
  }

  private static void annotate(Path model, Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "annotate",
                "--input=" + archive,
                "--output=" + output,
                "--model=" + model,
                "--segment=fixed:1/1",
                "--speech-threshold=0",
                "--normalize=archive"));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--", "--runner=DirectRunner"));
    Run run = gemoclap(arguments.toArray(String[]::new));
    assertEquals(0, run.status(), run.err());
  }

  private static boolean isFemale(JsonNode row) {
    return row.get("recording").asText().contains("female");
  }

  private static Correction label(JsonNode row, String by, String label) {
    return answer(row.get("segment_id").asText(), by, Answer.LABEL, label);
  }

  private static Correction answer(String segment, String by, Answer answer, String label) {
    return new Correction(
        segment, "", answer, label, by, Instant.ofEpochSecond(1_800_000_000), "", false, "", "");
  }

  private static Run adapt(Path output, String... more) {
    List<String> arguments = new ArrayList<>(List.of("adapt", "--output=" + output));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--", "--runner=DirectRunner"));
    return gemoclap(arguments.toArray(String[]::new));
  }

  private static Run adaptResults(Path output, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--model=" + parent, "--results=" + results));
    arguments.addAll(List.of(more));
    return adapt(output, arguments.toArray(String[]::new));
  }

  private static long right(Path annotated) throws IOException {
    return Written.jsonLines(annotated, "annotations").stream()
        .filter(row -> row.get("emotion").asText().equals(isFemale(row) ? "calm" : "angry"))
        .count();
  }

  @Test
  void theAdaptedModelRecognisesMoreAndIsABundleLikeAnyOther() throws Exception {
    Path adapted = folder.resolve("adapted");
    Run run = adaptResults(adapted);
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains(rows.size() + " segments of " + results), run.out());
    assertTrue(run.out().contains("keeps no examples of its training data"), run.out());
    assertTrue(run.out().contains("parts that share no speaker or recording;"), run.out());
    assertTrue(run.out().contains("The adapted model is better: UAR higher by "), run.out());

    ModelBundle before = ModelBundle.open(parent);
    ModelBundle after = ModelBundle.open(adapted);
    assertNotEquals(before.id(), after.id());
    assertTrue(run.out().contains(after.id()), run.out());
    GEmoClap.load(after).close();
    JsonNode provenance = after.manifest().provenance();
    assertEquals(before.id(), provenance.at("/parent/id").asText());
    assertEquals(rows.size(), provenance.at("/adaptation/labels").asInt());
    assertEquals("adapted", provenance.at("/adaptation/weights").asText());
    double gain =
        provenance.at("/adaptation/after/uar").asDouble()
            - provenance.at("/adaptation/before/uar").asDouble();
    assertTrue(gain > 0, provenance.toString());
    assertTrue(provenance.at("/adaptation/gain_uar/value").asDouble() > 0, provenance.toString());
    assertTrue(Files.readString(adapted.resolve("README.md")).contains(before.id()));
    assertEquals(rows.size(), after.exemplars().orElseThrow().all().size());
    theTextTowerAndTheVoiceStayAsTheyWere(adapted);

    Path again = folder.resolve("again");
    annotate(adapted, again);
    annotate(adapted, again, "--resume");
    assertEquals(rows.size(), Written.jsonLines(again, "annotations").size());
    assertTrue(right(again) > right(results), () -> "of " + rows.size() + ": " + run.out());
  }

  private static void theTextTowerAndTheVoiceStayAsTheyWere(Path adapted) throws IOException {
    for (String file :
        List.of("audio/model.safetensors", "text/model.safetensors", "heads.safetensors")) {
      Map<String, FloatTensor> old = Safetensors.read(parent.resolve(file));
      Map<String, FloatTensor> now = Safetensors.read(adapted.resolve(file));
      assertEquals(old.keySet(), now.keySet());
      for (String name : old.keySet()) {
        boolean moves =
            file.startsWith("audio") ? name.startsWith("layers.") : name.startsWith("heads.audio.");
        if (moves) {
          assertFalse(Arrays.equals(old.get(name).values(), now.get(name).values()), name);
        } else {
          assertArrayEquals(old.get(name).values(), now.get(name).values(), name);
        }
      }
    }
  }

  @Test
  void aModelThatWouldNotBeBetterIsWrittenOnlyByForce() throws Exception {
    Path wrong = folder.resolve("wrong.jsonl");
    try (CorrectionLog log = CorrectionLog.open(wrong)) {
      // Half and half of what the model gives each label, so that there is nothing to learn.
      // In a fixed order: files of results have none, and chance would decide what is learnt.
      Map<String, Integer> seen = new HashMap<>();
      for (JsonNode row :
          rows.stream()
              .sorted(Comparator.comparing(each -> each.get("segment_id").asText()))
              .toList()) {
        int number = seen.merge(row.get("emotion").asText(), 1, Integer::sum);
        log.append(label(row, "kim", number % 2 == 0 ? "calm" : "angry"));
      }
    }
    Path adapted = folder.resolve("adapted");
    Run run = adaptResults(adapted, "--corrections=" + wrong);
    run.failsWith(3, "The adapted model would not be better: ");
    assertTrue(run.err().contains("Nothing was written."), run.err());
    assertFalse(Files.exists(adapted));

    Run forced = adaptResults(adapted, "--corrections=" + wrong, "--force");
    assertEquals(0, forced.status(), forced.err());
    assertTrue(
        forced.out().contains("The adapted model is written because of --force"), forced.out());
    GEmoClap.load(ModelBundle.open(adapted)).close();
  }

  @Test
  void whereOnlyConfidenceBecomesBetterTheWeightsStay() throws Exception {
    Path right = folder.resolve("right.jsonl");
    try (CorrectionLog log = CorrectionLog.open(right)) {
      // They agree with the model, so it is right already, and could be surer.
      for (JsonNode row : rows) {
        log.append(label(row, "kim", row.get("emotion").asText()));
      }
    }
    Path adapted = folder.resolve("adapted");
    Run run = adaptResults(adapted, "--corrections=" + right);
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("Only confidence becomes better. "), run.out());
    ModelBundle before = ModelBundle.open(parent);
    ModelBundle after = ModelBundle.open(adapted);
    assertTrue(after.manifest().temperature() < before.manifest().temperature());
    assertEquals("the parent's", after.manifest().provenance().at("/adaptation/weights").asText());
    for (String file :
        List.of("audio/model.safetensors", "text/model.safetensors", "heads.safetensors")) {
      Map<String, FloatTensor> old = Safetensors.read(parent.resolve(file));
      Map<String, FloatTensor> now = Safetensors.read(adapted.resolve(file));
      assertEquals(old.keySet(), now.keySet());
      old.forEach(
          (name, tensor) -> assertArrayEquals(tensor.values(), now.get(name).values(), name));
    }
    GEmoClap.load(after).close();
  }

  @Test
  void otherAnswersAreCountedAndOnlyNamedLabelsAreNew() throws Exception {
    Path file = folder.resolve("mixed.jsonl");
    try (CorrectionLog log = CorrectionLog.open(file)) {
      log.append(answer(id(0), "kim", Answer.NOT_SPEECH, ""));
      log.append(answer(id(1), "kim", Answer.UNSURE, ""));
      log.append(label(rows.get(2), "kim", "angry"));
      log.append(label(rows.get(2), "lee", "calm"));
      log.append(answer("elsewhere.wav#0:0-1000", "kim", Answer.LABEL, "calm"));
      for (int i = 3; i < rows.size(); i++) {
        String word = isFemale(rows.get(i)) ? "calm" : "Hold Music";
        log.append(label(rows.get(i), "kim", word));
      }
    }
    Path adapted = folder.resolve("adapted");
    Run refused = adaptResults(adapted, "--corrections=" + file);
    refused.failsWith(2, "have the label calm: label clips that sound otherwise too");
    assertTrue(
        refused.out().contains("Not used: 1 as not speech, 1 as unsure, 1 without a majority"),
        refused.out());
    assertTrue(refused.out().contains("1 corrected segment not in the results:"), refused.out());
    assertTrue(refused.out().contains("elsewhere.wav#0:0-1000"), refused.out());
    assertTrue(refused.out().contains("--labels=angry,calm,hold music"), refused.out());

    Run run = adaptResults(adapted, "--corrections=" + file, "--labels=calm,hold music", "--force");
    assertEquals(0, run.status(), run.err());
    ModelBundle bundle = ModelBundle.open(adapted);
    assertEquals(List.of("calm", "hold music"), bundle.manifest().labels());
    Path again = folder.resolve("again");
    annotate(adapted, again);
    assertTrue(
        Written.jsonLines(again, "annotations").stream()
            .anyMatch(row -> row.get("emotion").asText().equals("hold music")));
  }

  private static String id(int row) {
    return rows.get(row).get("segment_id").asText();
  }

  @Test
  void aCorpusTakesThePlaceOfCorrections() throws Exception {
    Path corpus = archive.resolve("corpus.csv");
    List<String> lines = new ArrayList<>(List.of("path,emotion"));
    try (Stream<Path> files = Files.list(archive)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".csv"))
          .forEach(name -> lines.add(name + "," + (name.contains("female") ? "calm" : "angry")));
    }
    Files.write(corpus, lines);
    Path adapted = folder.resolve("adapted");
    Run run = adapt(adapted, "--model=" + parent, "--corrections=csv:" + corpus, "--force");
    Files.delete(corpus);
    assertEquals(0, run.status(), run.err());
    assertEquals(
        lines.size() - 1,
        ModelBundle.open(adapted).manifest().provenance().at("/adaptation/labels").asInt());
  }

  @Test
  void whatCannotBeAdaptedToIsAnErrorThatNamesTheRemedy() throws Exception {
    Path adapted = folder.resolve("adapted");
    adapt(adapted, "--model=" + parent).failsWith(2, "--results is missing");
    adapt(adapted, "--model=" + parent, "--results=" + archive)
        .failsWith(2, "is no folder of finished results: it has no summary.json");
    adaptResults(adapted, "--corrections=" + folder.resolve("none.jsonl"))
        .failsWith(2, "There is no file of corrections '" + folder.resolve("none.jsonl"));
    Path elsewhere = folder.resolve("elsewhere.jsonl");
    try (CorrectionLog log = CorrectionLog.open(elsewhere)) {
      log.append(answer("elsewhere.wav#0:0-1000", "kim", Answer.LABEL, "calm"));
    }
    adaptResults(adapted, "--corrections=" + elsewhere)
        .failsWith(2, "holds none of the corrected segments (1), such as 'elsewhere.wav#0:0-1000'");
    Files.writeString(elsewhere, "calm}\n");
    adaptResults(adapted, "--corrections=" + elsewhere).failsWith(1, elsewhere + ", line 1: ");
    for (Path needed : List.of(results, shared, parent)) {
      adaptResults(needed, "--overwrite").failsWith(2, "which the command reads");
    }
    assertEquals(rows, Written.jsonLines(results, "annotations"));
    ModelBundle.open(parent);
    List<String> cluster = List.of("--results=" + results, "--output=" + adapted);
    gemoclap("adapt", cluster.get(0), cluster.get(1), "--", "--flinkMaster=cluster:8081")
        .failsWith(2, "runs in its own process and not on a cluster");
    Files.createDirectory(adapted);
    Files.writeString(adapted.resolve("notes.txt"), "mine");
    adaptResults(adapted).failsWith(2, "is not empty; choose another or add --overwrite");
  }

  @Test
  void resultsThatAreStillWrittenAreRefused() throws Exception {
    Path unfinished = Files.createDirectory(folder.resolve("unfinished"));
    try (Stream<Path> files = Files.list(results)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (!file.getFileName().toString().equals("summary.json")) {
          Files.copy(file, unfinished.resolve(file.getFileName()));
        }
      }
    }
    adapt(folder.resolve("adapted"), "--model=" + parent, "--results=" + unfinished)
        .failsWith(2, "are not finished: a job is still writing there, or was killed");
  }

  @Test
  void recordingsThatMovedAreListedAndTheOthersAreUsed() throws Exception {
    String moved = rows.get(0).get("recording").asText();
    Path away = folder.resolve("away");
    Files.move(Path.of(moved), away);
    try {
      Run run = adaptResults(folder.resolve("adapted"), "--force");
      assertEquals(0, run.status(), run.err());
      assertTrue(run.out().contains(" without features:\n"), run.out());
      assertTrue(run.out().contains("  " + id(0) + " (UNREADABLE: "), run.out());
    } finally {
      Files.move(away, Path.of(moved));
    }
  }
}
