package io.gemoclap.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.export.clip.ClipSettings;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.turns.EmotionTurns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a corpus says and holds where recordings, names, streams or settings are unusual. */
final class ExportOfOddArchivesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path first;
  private Path second;
  private List<EmotionScores> segments;

  @BeforeEach
  void record() throws IOException {
    first = Archive.tone(folder.resolve("in/first call.wav"), 5, 200, 0.5);
    second = Archive.tone(folder.resolve("in/second.wav"), 3, 300, 0.5);
    segments =
        List.of(
            Archive.segment(first, 0.5, 1.75, "anger", Map.of("speaker", "Kim")),
            Archive.segment(first, 1.5, 3, "sadness", Map.of("speaker", "Kim")),
            Archive.segment(second, 0, 3, "anger", Map.of("speaker", "Lea")));
  }

  private JsonNode export(ExportCorpus export, List<EmotionScores> of) throws IOException {
    return export(export, of, out());
  }

  private static JsonNode export(ExportCorpus export, List<EmotionScores> of, Path to)
      throws IOException {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline.apply(Create.of(of)).apply(export);
    pipeline.run().waitUntilFinish();
    return JSON.readTree(to.resolve("export.json").toFile());
  }

  private Path out() {
    return folder.resolve("out");
  }

  private ExportCorpus to(CorpusFormat format) {
    return ExportCorpus.to(out().toString(), format);
  }

  private static long segments(JsonNode amount) {
    return amount.path("segments").asLong();
  }

  @Test
  void recordingsThatCannotBeMeasuredAreInTheFileOfFailures() throws IOException {
    List<EmotionScores> all = new ArrayList<>(segments);
    all.add(Archive.segment(folder.resolve("in/gone.wav"), 0, 1, "anger", Map.of()));
    JsonNode report =
        export(to(CorpusFormat.CSV).withFilter(SegmentFilter.certain().withLeastSnrDb(-30)), all);
    assertEquals(1, segments(report.path("dropped").path("audio")));
    List<String> failures = Files.readAllLines(out().resolve("failures.jsonl"));
    assertEquals(1, failures.size(), failures.toString());
    assertTrue(failures.get(0).contains("gone.wav"), failures.toString());
  }

  @Test
  void segmentsBesideOneThatIsGoneAreMeasured() throws IOException {
    List<EmotionScores> all = new ArrayList<>(segments);
    all.add(Archive.segment(second, 2, 9, "anger", Map.of()));
    JsonNode report = export(to(CorpusFormat.CSV).withQuality(true), all);
    assertEquals(3, segments(report.path("taken")));
    assertEquals(1, segments(report.path("dropped").path("audio")));
    JsonNode lhotse =
        export(ExportCorpus.to(out() + "/l", CorpusFormat.LHOTSE), all, out().resolve("l"));
    assertEquals(4, segments(lhotse.path("taken")), "without quality, nothing is cut");
  }

  @Test
  void aRecordingThatIsGoneDoesNotStopManifestsOfLhotse() throws IOException {
    List<EmotionScores> all = new ArrayList<>(segments);
    all.add(Archive.segment(folder.resolve("in/gone.wav"), 0, 1, "anger", Map.of()));
    for (boolean quality : new boolean[] {false, true}) {
      Path to = out().resolve("quality-" + quality);
      JsonNode report =
          export(ExportCorpus.to(to.toString(), CorpusFormat.LHOTSE).withQuality(quality), all, to);
      assertEquals(3, segments(report.path("taken")));
      assertEquals(1, segments(report.path("dropped").path("audio")));
    }
  }

  @Test
  void namesOfClipsFitFileSystems() throws IOException {
    Path longest = folder.resolve("in/" + "\u4E2D".repeat(83) + ".wav");
    Archive.tone(longest, 2, 250, 0.5);
    JsonNode report =
        export(
            to(CorpusFormat.AUDIOFOLDER),
            List.of(Archive.segment(longest, 0, 1, "anger", Map.of())));
    assertEquals(1, segments(report.path("taken")));
  }

  @Test
  void filesOfTurnsAreWrittenAgainIfOtherTurnsAreAskedFor() throws IOException {
    List<EmotionScores> all =
        List.of(
            Archive.segment(first, 0, 2, "anger", 0.6, true, Map.of()),
            Archive.segment(first, 4.5, 5.5, "anger", Map.of()));
    export(to(CorpusFormat.WEBVTT), all);
    Path file = out().resolve("first_call.vtt");
    assertEquals(1, Files.readString(file).split(" --> ", -1).length - 1);
    export(to(CorpusFormat.WEBVTT).withFilter(SegmentFilter.certain().withUncertain(true)), all);
    assertEquals(2, Files.readString(file).split(" --> ", -1).length - 1);
    export(
        to(CorpusFormat.WEBVTT)
            .withFilter(SegmentFilter.certain().withUncertain(true))
            .withTurns(EmotionTurns.create().withMaximumGap(3)),
        all);
    assertEquals(1, Files.readString(file).split(" --> ", -1).length - 1);
  }

  @Test
  void linksDoNotLeadToAnotherAudioStream() {
    ExportCorpus export =
        to(CorpusFormat.NEMO).withClips(ClipSettings.defaults().withStream(StreamChoice.number(2)));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> export(export, segments));
    assertTrue(e.getMessage().contains("audio streams"), e.getMessage());
  }

  @Test
  void theDatasheetWarnsOfSpeakersWithoutANameInAllRecordings() throws IOException {
    List<EmotionScores> all = new ArrayList<>(segments);
    Map<String, String> alone = Map.of("speaker", "S0", "speaker_scope", "recording");
    all.add(Archive.segment("/in/a.wav", 0, 2, "anger", alone));
    all.add(Archive.segment("/in/b.wav", 0, 2, "anger", Map.of()));
    ImmutableMap<String, Double> splits = ImmutableMap.of("train", 0.5, "test", 0.5);
    JsonNode report = export(to(CorpusFormat.NEMO).withSplits(splits), all);
    assertEquals(4, report.path("segments_with_speaker").asLong());
    String sheet = Files.readString(out().resolve("datasheet.md"));
    assertTrue(sheet.contains("A speaker may be in two splits, because 2 segments"), sheet);
    export(
        ExportCorpus.to(out() + "/named", CorpusFormat.NEMO).withSplits(splits),
        segments,
        out().resolve("named"));
    assertFalse(
        Files.readString(out().resolve("named/datasheet.md")).contains("may be in two splits"));
  }

  /** As on S3, where a file that does not exist cannot even be opened. */
  @Test
  void objectStoresHoldCorporaThatAreContinued() throws IOException {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline
        .apply(Create.of(segments))
        .apply(ExportCorpus.to("shelf://s3-like/odd", CorpusFormat.CSV));
    pipeline.run().waitUntilFinish();
    assertTrue(new CorpusFolder("shelf://s3-like/odd").read("train.csv").contains("second.wav"));
    assertNull(new CorpusFolder("shelf://s3-like/odd").read("other.csv"));
  }
}
