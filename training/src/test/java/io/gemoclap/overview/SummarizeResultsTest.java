package io.gemoclap.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.overview.ArchiveReport.Emotion;
import io.gemoclap.review.sound.Sound;
import io.gemoclap.review.sound.Sounds;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.LabelScore;
import io.gemoclap.score.RecordingSummary;
import io.gemoclap.write.WriteAnnotations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three recordings whose figures can be worked out by hand. */
final class SummarizeResultsTest {
  private static final String SUMMARY =
      "{\"recordings\": 3, \"failed_recordings\": 1, \"audio_seconds\": 300}";

  @TempDir private Path folder;

  private static EmotionScores.Builder builder(
      String recording,
      int channel,
      double start,
      double seconds,
      String emotion,
      double confidence,
      Map<String, String> metadata) {
    String other = emotion.equals("sad") ? "angry" : "sad";
    return EmotionScores.builder()
        .setRecording(recording)
        .setSegmentId(recording + "#" + channel + ":" + start)
        .setChannel(channel)
        .setStartSeconds(start)
        .setEndSeconds(start + seconds)
        .setEmotion(emotion)
        .setConfidence(confidence)
        .setAbstained(confidence < 0.6)
        .setScores(
            List.of(LabelScore.of(emotion, confidence), LabelScore.of(other, 1 - confidence)))
        .setGender("")
        .setGenderScores(List.of())
        .setModelId("m")
        .setLabelSet("l")
        .setMetadata(metadata)
        .setOutOfDomain(confidence > 0.8 ? 0.9 : 3);
  }

  private static EmotionScores segment(
      String recording,
      int channel,
      double start,
      double seconds,
      String emotion,
      double confidence,
      Map<String, String> metadata) {
    return builder(recording, channel, start, seconds, emotion, confidence, metadata).build();
  }

  private static RecordingSummary recording(String name, double seconds) {
    return RecordingSummary.builder()
        .setRecording(name)
        .setChannel(0)
        .setSegments(1)
        .setSpeechSeconds(1)
        .setRecordingSeconds(seconds)
        .setTruncated(false)
        .setEmotion("")
        .setScores(List.of())
        .setGender("")
        .setGenderScores(List.of())
        .setLabelSet("l")
        .setModelId("m")
        .setNotes(List.of())
        .build();
  }

  private ArchiveReport report(List<String> by, String date) throws Exception {
    return report(by, date, segment("c", 1, 10, 10, "angry", 0.55, Map.of()));
  }

  private ArchiveReport report(List<String> by, String date, EmotionScores last) throws Exception {
    Map<String, String> kim = Map.of("speaker", "Kim", "recorded", "2021-03-14", "box", "7");
    Map<String, String> ada = Map.of("speaker", "Ada", "recorded", "2021-04", "box", "7");
    String results = folder.resolve("results").toString();
    Pipeline write = Pipeline.create();
    PCollectionTuple.of(
            WriteAnnotations.SCORES,
            write.apply(
                "s",
                Create.of(
                    segment("a", 0, 0, 10, "angry", 0.9, kim),
                    segment("a", 0, 90, 10, "sad", 0.7, kim),
                    segment("b", 0, 95, 20, "sad", 0.9, ada),
                    last)))
        .and(
            WriteAnnotations.RECORDINGS,
            write.apply(
                "r", Create.of(recording("a", 100), recording("b", 200), recording("silent", 50))))
        .and(
            WriteAnnotations.FAILURES,
            write.apply(
                "f",
                Create.of(
                    Failure.of("DecodeAudio", FailureKind.CORRUPT, "d", "d", "It is bad"),
                    Failure.of("DecodeAudio", FailureKind.NO_SPEECH, "a#9", "a", "Music"),
                    Failure.of("DecodeAudio", FailureKind.NO_SPEECH, "a#8", "a", "Noise"))))
        .apply(WriteAnnotations.to(results));
    write.run().waitUntilFinish();
    Pipeline summarize = Pipeline.create();
    summarize
        .apply(new SummarizeResults(results, SUMMARY, by, date))
        .apply(TextIO.write().to(folder.resolve("report").toString()).withoutSharding());
    summarize.run().waitUntilFinish();
    return new ObjectMapper().readValue(folder.resolve("report").toFile(), ArchiveReport.class);
  }

  @Test
  void sharesAreOfTheTimeWithSpeech() throws Exception {
    ArchiveReport report = report(List.of(), "");
    assertEquals(4, report.speech().segments());
    assertEquals(50, report.speech().seconds(), 1e-9);
    assertEquals(1, report.speech().uncertainSegments());
    assertEquals(2, report.speech().notSpeech());
    assertEquals(3, report.recordings());
    Emotion sad = report.emotions().get(0);
    assertEquals("sad", sad.label());
    assertEquals(30.0 / 50, sad.share(), 1e-9);
    assertEquals((7 + 18 + 1 + 4.5) / 50, sad.expected(), 1e-9);
    Emotion uncertain = report.emotions().get(2);
    assertEquals("", uncertain.label());
    assertEquals(10.0 / 50, uncertain.share(), 1e-9);
    assertNull(uncertain.expected());
    // The ratio estimate by hand: residuals 10 − 0.6·20, 20 − 0.6·20 and 0 − 0.6·10.
    double half = 1.959964 * Math.sqrt(3.0 / 2 * (4 + 64 + 36)) / 50;
    assertEquals(Math.max(0, 0.6 - half), sad.low(), 1e-9);
    assertEquals(Math.min(1, 0.6 + half), sad.high(), 1e-9);
  }

  @Test
  void probabilitiesAreNotAddedUpIfASegmentLacksSome() throws Exception {
    EmotionScores best =
        builder("c", 1, 10, 10, "angry", 0.55, Map.of())
            .setScores(List.of(LabelScore.of("angry", 0.55)))
            .build();
    ArchiveReport report = report(List.of(), "", best);
    assertEquals(1, report.speech().partialSegments());
    assertEquals(3, report.emotions().size());
    for (Emotion emotion : report.emotions()) {
      assertNull(emotion.expected(), emotion.label());
    }
    assertEquals(30.0 / 50, report.emotions().get(0).share(), 1e-9, "what is shown is known");
    String page = page(report);
    assertTrue(page.contains("1 of 4 segments have the probabilities of their most probable"));
    assertFalse(page.contains("By probability"), "no column without numbers");
  }

  @Test
  void thePageSaysWhatProbabilitiesAddUpTo() throws Exception {
    ArchiveReport report = report(List.of(), "");
    assertEquals(0, report.speech().partialSegments());
    assertTrue(page(report).contains("By probability"));
    assertFalse(page(report).contains("--top-k"));
  }

  private static String page(ArchiveReport report) throws Exception {
    try (Sounds sounds =
        new Sounds(
            AllowedRoots.everywhere(),
            new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, Sound.RATE))) {
      return OverviewPage.render(report, new SegmentClips(sounds, 0));
    }
  }

  @Test
  void partsOfRecordingsAreOfTheirLength() throws Exception {
    List<ArchiveReport.Period> course = report(List.of(), "").course();
    assertEquals(10, course.size());
    assertEquals(10, course.get(0).labels().get("angry"), "the first tenth of a");
    assertEquals(10, course.get(9).labels().get("sad"), "the last tenth of a");
    assertEquals(20, course.get(5).labels().get("sad"), "the middle of b");
    assertEquals(10, course.get(7).uncertainSeconds(), "c ends where its last segment ends");
  }

  @Test
  void groupsAndDatesComeFromTheMetadata() throws Exception {
    ArchiveReport report = report(List.of("box"), "");
    assertEquals("recorded", report.dateColumn());
    assertEquals(
        List.of("2021-03-14", "2021-04"),
        report.calendar().stream().map(ArchiveReport.Period::name).toList());
    assertEquals(
        List.of("speaker", "box", "channel"),
        report.groups().stream().map(ArchiveReport.Grouping::column).toList());
    assertEquals(
        List.of("Ada", "Kim", ""),
        report.groups().get(0).groups().stream().map(ArchiveReport.Group::name).toList());
    assertEquals(List.of("box", "recorded", "speaker"), report.columns());
  }

  @Test
  void failuresAreCountedByKindWithExamples() throws Exception {
    List<ArchiveReport.FailureKinds> failures = report(List.of(), "").failures();
    assertEquals("NO_SPEECH", failures.get(0).kind());
    assertEquals(2, failures.get(0).count());
    assertEquals("a#8", failures.get(0).examples().get(0).item());
    assertEquals("It is bad", failures.get(1).examples().get(0).message());
  }

  @Test
  void segmentsToListenToAreInOrder() throws Exception {
    ArchiveReport report = report(List.of(), "");
    List<Double> least = new ArrayList<>();
    report.leastCertain().forEach(segment -> least.add(segment.confidence()));
    assertEquals(List.of(0.55, 0.7, 0.9, 0.9), least);
    assertEquals(0.9, report.mostCertain().get(0).confidence());
    assertEquals(1, report.confidence().get(11).segments());
    assertEquals(2, report.distances().get(1).segments());
  }
}
