package io.gemoclap.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import io.gemoclap.score.EmotionScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which segments a corpus takes, in which split, and with whose label; the others are counted. */
final class ExportChoiceTest extends ExportTesting {
  @Test
  void droppedSegmentsAreCountedForOneReason() throws IOException {
    List<EmotionScores> all = new ArrayList<>(segments);
    all.add(Archive.segment(first, 3, 4, "anger", 0.3, true, Map.of()));
    all.add(Archive.segment(first, 3.1, 4, "anger", 0.5, false, Map.of()));
    all.add(Archive.segment(first, 3.2, 3.3, "anger", Map.of()));
    all.add(Archive.segment(folder.resolve("in/gone.wav"), 0, 1, "anger", Map.of()));
    all.add(Archive.segment(second, 2, 9, "anger", Map.of()));
    JsonNode report =
        export(
            to(CorpusFormat.WEBDATASET)
                .withFilter(SegmentFilter.certain().withLeastConfidence(0.6).withSeconds(0.5, 100)),
            all);
    JsonNode dropped = report.path("dropped");
    assertEquals(8, segments(report.path("given")));
    assertEquals(3, segments(report.path("taken")));
    assertEquals(1, segments(dropped.path("uncertain")));
    assertEquals(1, segments(dropped.path("confidence")));
    assertEquals(1, segments(dropped.path("too_short")));
    assertEquals(2, segments(dropped.path("audio")));
    List<String> failures = Files.readAllLines(out().resolve("failures.jsonl"));
    assertEquals(2, failures.size());
    assertTrue(failures.toString().contains("gone.wav"), failures.toString());
    assertTrue(failures.toString().contains("It now ends at 3.0 s"), failures.toString());
  }

  @Test
  void labelsOfPeopleTakePart() throws IOException {
    Map<String, String> labels =
        Map.of(
            segments.get(0).getSegmentId(), "joy",
            segments.get(2).getSegmentId(), "");
    for (CorrectionUse use : CorrectionUse.values()) {
      Path to = out().resolve(use.toString());
      Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
      var view =
          pipeline
              .apply(
                  "Labels",
                  Create.of(
                      labels.entrySet().stream()
                          .map(label -> KV.of(label.getKey(), label.getValue()))
                          .toList()))
              .apply(View.asMap());
      pipeline
          .apply("Segments", Create.of(segments))
          .apply(ExportCorpus.to(to.toString(), CorpusFormat.CSV).withCorrections(view, use));
      pipeline.run().waitUntilFinish();
      JsonNode report = JSON.readTree(to.resolve("export.json").toFile());
      Map<CorrectionUse, List<Integer>> expected =
          Map.of(
              CorrectionUse.PREFERRED, List.of(2, 1, 0),
              CorrectionUse.ONLY, List.of(1, 1, 1),
              CorrectionUse.IGNORED, List.of(3, 0, 0));
      assertEquals(
          expected.get(use),
          List.of(
              (int) segments(report.path("taken")),
              (int) segments(report.path("label_sources").path("people")),
              (int) segments(report.path("dropped").path("not_corrected"))),
          use.toString());
    }
  }

  @Test
  void splitsShareNeitherSpeakersNorRecordings() throws IOException {
    List<EmotionScores> all = new ArrayList<>();
    // Kim and Lea meet in one recording, so they are one group.
    Map<String, List<String>> recordings =
        ImmutableMap.of(
            "a",
            List.of("Kim"),
            "b",
            List.of("Kim", "Lea"),
            "c",
            List.of("Lea"),
            "d",
            List.of("Max"),
            "e",
            List.of(""),
            "f",
            List.of(""));
    recordings.forEach(
        (recording, speakers) -> {
          for (int i = 0; i < 4; i++) {
            String speaker = speakers.get(i % speakers.size());
            all.add(
                Archive.segment(
                    "/in/" + recording + ".wav", i, i + 1, "anger", Map.of("speaker", speaker)));
          }
        });
    JsonNode report =
        export(
            to(CorpusFormat.CSV)
                .withSplits(ImmutableMap.of("train", 0.5, "validation", 0.25, "test", 0.25)),
            all);
    assertEquals(12, segments(report.path("splits").path("train")));
    assertEquals(24, segments(report.path("taken")));
    Map<String, String> splitOf = new HashMap<>();
    for (String split : List.of("train", "validation", "test")) {
      for (String line : Files.readAllLines(out().resolve(split + ".csv"))) {
        String[] cells = line.split(",", -1);
        if (!cells[0].equals("id")) {
          for (String name : List.of(cells[1], cells[3])) {
            assertTrue(
                name.isEmpty()
                    || splitOf.merge(name, split, (a, b) -> a.equals(b) ? a : "two").equals(split),
                name);
          }
        }
      }
    }
    assertEquals(Set.of("train", "validation", "test"), new TreeSet<>(splitOf.values()));
  }

  @Test
  void speakersThatAreNumberedInEachRecordingAreDifferentPeople() throws IOException {
    List<EmotionScores> all = new ArrayList<>();
    for (String recording : List.of("a", "b", "c", "d")) {
      all.add(
          Archive.segment(
              "/in/" + recording + ".wav",
              0,
              1,
              "anger",
              Map.of("speaker", "spk0", "speaker_scope", "recording")));
    }
    JsonNode report =
        export(to(CorpusFormat.CSV).withSplits(ImmutableMap.of("train", 0.5, "test", 0.5)), all);
    assertEquals(2, segments(report.path("splits").path("train")));
    assertEquals(2, segments(report.path("splits").path("test")));
    Set<String> speakers = new TreeSet<>();
    for (String split : List.of("train", "test")) {
      for (String line : Files.readAllLines(out().resolve(split + ".csv"))) {
        speakers.add(line.split(",", -1)[3]);
      }
    }
    assertEquals(5, speakers.size(), speakers.toString());
  }

  @Test
  void hoursAndClassesAreLimited() throws IOException {
    List<EmotionScores> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(
          Archive.segment("/in/" + i + ".wav", 0, 10, i % 3 == 0 ? "sadness" : "anger", Map.of()));
    }
    JsonNode report = export(to(CorpusFormat.NEMO).withClassBalance(true).withMostHours(0.25), all);
    long sad = segments(report.path("labels").path("sadness"));
    long angry = segments(report.path("labels").path("anger"));
    assertTrue(sad + angry <= 90 && sad + angry >= 84, sad + " and " + angry);
    assertTrue(Math.abs(sad - angry) <= 4, sad + " and " + angry);
    long dropped = segments(report.path("dropped").path("hours"));
    assertTrue(segments(report.path("dropped").path("class_balance")) >= 90);
    assertEquals(
        300 - sad - angry - dropped, segments(report.path("dropped").path("class_balance")));
  }

  @Test
  void qualityIsMeasuredBeforeTheHoursAreFilled() throws IOException {
    Path quiet = Archive.tone(folder.resolve("in/quiet.wav"), 2, 200, 0.001);
    List<EmotionScores> all = new ArrayList<>(segments);
    all.add(Archive.segment(quiet, 0, 2, "anger", Map.of()));
    JsonNode report =
        export(
            to(CorpusFormat.PARQUET)
                .withAudio(AudioCopies.NONE)
                .withFilter(SegmentFilter.certain().withLeastLevelDbfs(-40)),
            all);
    assertEquals(1, segments(report.path("dropped").path("level")));
    assertEquals(3, segments(report.path("taken")));
  }

  @ParameterizedTest
  @EnumSource(
      value = CorpusFormat.class,
      names = {"CSV", "NEMO", "LHOTSE", "AUDFORMAT"})
  void manifestsOfLinksHaveTheQualityThatIsAskedFor(CorpusFormat format) throws IOException {
    JsonNode report = export(to(format).withQuality(true), segments);
    assertEquals(3, segments(report.path("taken")));
    String manifest =
        switch (format) {
          case CSV -> "train.csv";
          case NEMO -> "train_manifest.json";
          case LHOTSE -> "train_supervisions.jsonl";
          default -> "db.train.csv";
        };
    String text = Files.readString(out().resolve(manifest));
    assertTrue(text.contains("level_dbfs"), text);
    // A tone with half of the full amplitude.
    assertEquals(3, text.split("-9\\.0[0-9]+", -1).length - 1, text);
  }

  @Test
  void turnsAreMadeOfAllSegments() {
    for (ExportCorpus limited :
        List.of(
            to(CorpusFormat.ELAN).withMostHours(1), to(CorpusFormat.ELAN).withClassBalance(true))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> export(limited, segments));
      assertTrue(e.getMessage().contains("Leave out --hours and --balance"), e.getMessage());
    }
  }

  @Test
  void balancedClassesKeepALabelWhoseSegmentsAreLong() throws IOException {
    List<EmotionScores> all = new ArrayList<>();
    all.add(Archive.segment("/in/short.wav", 0, 2, "fear", Map.of()));
    for (int i = 0; i < 5; i++) {
      all.add(Archive.segment("/in/long" + i + ".wav", 0, 60, "anger", Map.of()));
    }
    JsonNode report = export(to(CorpusFormat.CSV).withClassBalance(true), all);
    assertEquals(1, segments(report.path("labels").path("fear")));
    assertEquals(1, segments(report.path("labels").path("anger")));
  }
}
