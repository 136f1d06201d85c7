package io.gemoclap.training.transfer;

import static io.gemoclap.training.transfer.Utterances.corpus;
import static io.gemoclap.training.transfer.Utterances.part;
import static io.gemoclap.training.transfer.Utterances.whole;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.failure.Failure;
import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Problem;
import io.gemoclap.training.report.PredictionRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutcomeTest {
  private final Results results = new Results();

  private void scored(String recording, int channel, double start, double end, double anger)
      throws IOException {
    results.addAnnotation(
        json(
            """
            {"recording": "%s", "channel": %s, "start_s": %s, "end_s": %s,
             "scores": {"happiness": %s, "anger": %s}, "gender_scores": {"female": 0.9, "male": 0.1}}
            """
                .formatted(recording, channel, start, end, 1 - anger, anger)));
  }

  private void failed(String item, String recording, double start, String kind) throws IOException {
    results.addFailure(
        json(
            """
            {"item": "%s", "recording": "%s", "stage": "DecodeAudio", "kind": "%s",
             "message": "why", "start_s": %s, "metadata": {}}
            """
                .formatted(item, recording, kind, start)));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private Outcome outcome(Corpus corpus) {
    LabelsInCommon labels =
        LabelsInCommon.of(List.of("anger", "happiness"), corpus, Synonyms.common());
    Sources sources = Sources.of(corpus, false);
    return Outcome.of(corpus, labels, sources, results);
  }

  private static List<String> kinds(Outcome outcome) {
    return outcome.failures().stream().map(f -> f.getItem() + " " + f.getKindName()).toList();
  }

  @Test
  void theProbabilitiesOfARowComeBackFromItsLogits() throws IOException {
    scored("/audio/1", 0, 0, 1.5, 0.7);
    scored("/audio/2", 0, 0, 1.5, 0);
    Outcome outcome = outcome(corpus(whole("1", "a", "anger"), whole("2", "b", "happiness")));
    PredictionRow row = outcome.judged().get(0);
    assertEquals("anger", row.emotion());
    assertArrayEquals(new double[] {0.7, 0.3}, ZeroShotClassifier.softmax(row.logits(), 1), 1e-12);
    assertArrayEquals(
        new double[] {0.9, 0.1}, ZeroShotClassifier.softmax(row.genderLogits(), 1), 1e-12);
    assertArrayEquals(
        new double[] {0, 1},
        ZeroShotClassifier.softmax(outcome.judged().get(1).logits(), 1),
        1e-12,
        "a probability of 0 stays finite");
  }

  @Test
  void nothingVanishes() throws IOException {
    Corpus read =
        corpus(
            List.of("glee"),
            whole("judged", "a", "anger"),
            whole("damaged", "a", "happiness"),
            whole("quiet", "a", "anger"),
            whole("forgotten", "a", "anger"),
            whole("other", "a", "surprise"));
    List<Problem> problems = new ArrayList<>(read.problems());
    problems.add(new Problem("c.csv", 9, "the audio file '/audio/lost' does not exist"));
    Corpus corpus =
        new Corpus(
            read.name(),
            read.labels(),
            read.utterances(),
            problems,
            read.leftOut(),
            read.labelMap(),
            read.unmapped());
    scored("/audio/judged", 0, 0, 1, 0.6);
    scored("/audio/other", 0, 0, 1, 0.6);
    failed("/audio/damaged", "/audio/damaged", -1, "CORRUPT");
    failed("/audio/quiet#0:0-900", "/audio/quiet", 0, "NO_SPEECH");
    failed("/audio/glee", "/audio/glee", -1, "UNREADABLE");
    Outcome outcome = outcome(corpus);
    assertEquals(1, outcome.judged().size());
    assertEquals(2, outcome.excluded(), "surprise, and glee, whatever became of its file");
    assertEquals(
        List.of("damaged CORRUPT", "quiet NO_SPEECH", "forgotten INTERNAL", "c.csv:9 UNREADABLE"),
        kinds(outcome));
    assertEquals(7, outcome.utterances());
    Failure damaged = outcome.failures().get(0);
    assertEquals("/audio/damaged", damaged.getRecording());
    assertEquals("why", damaged.getMessage());
  }

  @Test
  void eachStretchOfAFileGetsItsOwnResultOrFailure() throws IOException {
    scored("/audio/long", 0, 0, 1, 0.9);
    scored("/audio/long", 0, 0, 1.05, 0.2);
    scored("/audio/long", 0, 3, 3.98, 0.6);
    failed("/audio/long#0:1500-2000", "/audio/long", 1.5, "NO_SPEECH");
    failed("/audio/long", "/audio/long", -1, "LIMIT");
    Outcome outcome =
        outcome(
            corpus(
                part("longer", "a", "happiness", 0, 1.05),
                part("first", "a", "anger", 0, 1),
                part("quiet", "a", "anger", 1.5, 2),
                part("cut", "a", "anger", 3, 4),
                part("beyond", "a", "anger", 5, 6)));
    assertEquals(
        List.of("longer", "first", "cut"),
        outcome.judged().stream().map(PredictionRow::id).toList());
    double[] first = ZeroShotClassifier.softmax(outcome.judged().get(1).logits(), 1);
    assertEquals(0.9, first[0], 1e-12);
    assertEquals(List.of("quiet NO_SPEECH", "beyond LIMIT"), kinds(outcome));
  }

  @Test
  void aStretchDoesNotTakeTheResultOfAShorterOneThatBeginsWithIt() throws IOException {
    scored("/audio/long", 0, 0, 1, 0.9);
    failed("/audio/long#0.0-1.05", "/audio/long", 0, "UNFIT");
    Outcome outcome =
        outcome(
            corpus(part("longer", "a", "happiness", 0, 1.05), part("first", "a", "anger", 0, 1)));
    assertEquals(List.of("longer UNFIT"), kinds(outcome));
  }

  @Test
  void theFirstChannelCountsWhereAFileHasSeveral() throws IOException {
    scored("/audio/1", 1, 0, 1, 0.1);
    scored("/audio/1", 0, 0, 1, 0.8);
    scored("/audio/2", 0, 0, 1, 0.5);
    Outcome outcome = outcome(corpus(whole("1", "a", "anger"), whole("2", "a", "happiness")));
    assertEquals(0.8, ZeroShotClassifier.softmax(outcome.judged().get(0).logits(), 1)[0], 1e-12);
  }
}
