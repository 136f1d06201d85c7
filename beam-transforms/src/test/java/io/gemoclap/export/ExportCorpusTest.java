package io.gemoclap.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.google.common.base.Throwables;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.export.clip.ClipFormat;
import io.gemoclap.export.clip.ClipSettings;
import io.gemoclap.score.EmotionScores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Corpora have every segment, or say why not, and their clips are the sound of the segments. */
final class ExportCorpusTest extends ExportTesting {
  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(out())) {
      return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static float[] samples(Path file) throws Exception {
    List<Float> samples = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file)) {
      AudioDecoder.unfiltered(DecoderLimits.defaults(), ChannelMode.MIX, Archive.RATE)
          .decode(
              channel,
              file.toString(),
              new SampleSink() {
                @Override
                public void begin(int channels) {}

                @Override
                public void accept(int c, float[] block, int length) {
                  for (int i = 0; i < length; i++) {
                    samples.add(block[i]);
                  }
                }
              });
    }
    float[] array = new float[samples.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = samples.get(i);
    }
    return array;
  }

  @ParameterizedTest
  @EnumSource(
      value = CorpusFormat.class,
      mode = EnumSource.Mode.MATCH_NONE,
      names = "RTTM|TEXTGRID|AUDACITY|WEBVTT|ELAN")
  void everyFormatTakesEverySegment(CorpusFormat format) throws IOException {
    for (AudioCopies audio : format.audio()) {
      JsonNode report =
          export(
              ExportCorpus.to(out() + "/" + audio, format).withAudio(audio),
              segments,
              out().resolve(audio.toString()));
      assertEquals(3, segments(report.path("given")));
      assertEquals(3, segments(report.path("taken")));
      assertTrue(Files.size(out().resolve(audio + "/README.md")) > 0);
      JSON.readTree(out().resolve(audio + "/croissant.json").toFile());
    }
  }

  private JsonNode export(ExportCorpus export, List<EmotionScores> of, Path to) throws IOException {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline.apply(Create.of(of)).apply(export);
    pipeline.run().waitUntilFinish();
    return JSON.readTree(to.resolve("export.json").toFile());
  }

  @ParameterizedTest
  @EnumSource(ClipFormat.class)
  void clipsAreTheSamplesOfTheSegments(ClipFormat format) throws Exception {
    export(
        to(CorpusFormat.AUDIOFOLDER).withClips(ClipSettings.defaults().withFormat(format)),
        segments);
    float[] whole = samples(first);
    Map<Integer, float[]> clips = new TreeMap<>();
    for (Path clip : files("." + format.suffix())) {
      if (clip.getFileName().toString().startsWith("first_call")) {
        float[] samples = samples(clip);
        clips.put(samples.length, samples);
      }
    }
    assertEquals(Set.of(20_000, 24_000), clips.keySet());
    assertSamples(whole, 8_000, clips.get(20_000));
    assertSamples(whole, 24_000, clips.get(24_000));
  }

  private static void assertSamples(float[] whole, int from, float[] clip) {
    for (int i = 0; i < clip.length; i++) {
      assertEquals(whole[from + i], clip[i], 1.0 / 32_768, "sample " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CorpusFormat.class,
      names = {
        "CSV",
        "NEMO",
        "AUDFORMAT",
        "PARQUET",
        "RTTM",
        "TEXTGRID",
        "AUDACITY",
        "WEBVTT",
        "ELAN"
      })
  void namesMayHoldAnyCharacters(CorpusFormat format) throws IOException {
    String odd = "/in/a \"b\",c;\td\n\u0001é\uFFFD\uD83D\uDE00'.wav";
    JsonNode report =
        export(
            to(format).withAudio(AudioCopies.LINK),
            List.of(
                Archive.segment(odd, 0, 2, "anger", Map.of("speaker", "K \"i\"\n,m", "text", odd)),
                Archive.segment("/in/.wav", 0, 2, "anger", Map.of()),
                Archive.segment("/in/" + "é".repeat(250) + ".wav", 0, 2, "anger", Map.of())));
    assertEquals(3, segments(report.path("taken")));
    if (format == CorpusFormat.CSV) {
      try (MappingIterator<String[]> rows =
          new CsvMapper()
              .readerFor(String[].class)
              .with(CsvParser.Feature.WRAP_AS_ARRAY)
              .readValues(out().resolve("train.csv").toFile())) {
        Set<String> paths = new TreeSet<>();
        rows.forEachRemaining(row -> paths.add(row[1]));
        assertTrue(paths.contains(odd), paths.toString());
        assertEquals(4, paths.size());
      }
    }
  }

  @Test
  void keysThatCollideAfterSanitisingStayApart() throws IOException {
    Path other = Archive.tone(folder.resolve("in/first_call.wav"), 5, 250, 0.5);
    List<EmotionScores> all = new ArrayList<>(segments);
    all.add(Archive.segment(other, 0.5, 1.75, "anger", Map.of()));
    JsonNode report = export(to(CorpusFormat.AUDIOFOLDER), all);
    assertEquals(4, segments(report.path("taken")));
    assertEquals(4, files(".flac").size());
  }

  @Test
  void tarMembersStandTogetherAndNamesMayHaveAnyLetters() throws IOException {
    Path named = Archive.tone(folder.resolve("in/Gespräch №1 (neu).a.wav"), 2, 250, 0.5);
    export(to(CorpusFormat.WEBDATASET), List.of(Archive.segment(named, 0, 1, "anger", Map.of())));
    List<String> names = new ArrayList<>();
    try (InputStream in = Files.newInputStream(files(".tar").get(0));
        TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    assertEquals(2, names.size());
    assertTrue(
        names.get(0).matches("Gespräch_1_neu_a_0_0000000-0001000_[0-9a-f]{12}\\.flac"),
        names.get(0));
    assertEquals(names.get(0).replace(".flac", ".json"), names.get(1));
  }

  @Test
  void eachRecordingHasAFileWithItsTurns() throws IOException {
    List<EmotionScores> all = new ArrayList<>(segments);
    all.add(Archive.segment(folder.resolve("other/second.mp3"), 0, 2, "fear", Map.of()));
    all.add(Archive.segment(folder.resolve("in/third.wav"), 0, 2, "fear", 0.3, true, Map.of()));
    JsonNode report = export(to(CorpusFormat.WEBVTT), all);
    assertEquals(4, segments(report.path("taken")));
    assertEquals(1, segments(report.path("dropped").path("uncertain")));
    Map<String, String> texts = new TreeMap<>();
    for (Path file : files(".vtt")) {
      texts.put(file.getFileName().toString(), Files.readString(file));
    }
    assertEquals(4, texts.size(), texts.toString());
    assertTrue(texts.get("first_call.vtt").contains("<v Kim>"), texts.toString());
    assertEquals("WEBVTT\n", texts.get("third.vtt"));
    assertEquals(
        2, texts.keySet().stream().filter(name -> name.matches("second-[0-9a-f]{8}.vtt")).count());
  }

  @Test
  void recordingsOfTheSameNameHaveDifferentNamesInRttm() throws IOException {
    List<EmotionScores> all = new ArrayList<>(segments);
    all.add(Archive.segment(folder.resolve("other/second.mp3"), 0, 2, "fear", Map.of()));
    export(to(CorpusFormat.RTTM), all);
    Set<String> names = new TreeSet<>();
    for (Path file : files(".rttm")) {
      String name = Files.readString(file).split(" ", -1)[1];
      assertEquals(name + ".rttm", file.getFileName().toString());
      names.add(name);
    }
    assertEquals(3, names.size(), names.toString());
    assertThrows(
        IllegalArgumentException.class, () -> export(to(CorpusFormat.RTTM).withQuality(true), all));
  }

  @Test
  void finishedShardsAreKept() throws IOException {
    export(to(CorpusFormat.WEBDATASET), segments);
    Path tar = files(".tar").get(0);
    byte[] before = Files.readAllBytes(tar);
    Files.write(tar, new byte[] {1});
    export(to(CorpusFormat.WEBDATASET), segments);
    assertEquals(1, Files.size(tar), "the shard was not written again");
    export(to(CorpusFormat.WEBDATASET), segments.subList(0, 2));
    assertTrue(Files.size(tar) > 1, "other segments are another shard");
    Files.delete(out().resolve(".export/train-00000.json"));
    export(to(CorpusFormat.WEBDATASET), segments);
    assertEquals(before.length, Files.size(tar));
    assertEquals(Arrays.hashCode(before), Arrays.hashCode(Files.readAllBytes(tar)));
  }

  @Test
  void aFolderThatCannotBeWrittenToFailsTheJob() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    ExportCorpus export =
        ExportCorpus.to(folder.resolve("file/below").toString(), CorpusFormat.CSV);
    RuntimeException e =
        assertThrows(RuntimeException.class, () -> export(export, segments, folder));
    assertTrue(
        Throwables.getRootCause(e).getMessage().contains("file")
            || Throwables.getStackTraceAsString(e).contains("Choose a folder"),
        Throwables.getStackTraceAsString(e));
  }

  @Test
  void rowsWithoutAudioDoNotSayWhereRecordingsAre() throws IOException {
    export(to(CorpusFormat.PARQUET).withAudio(AudioCopies.NONE), segments);
    String bytes =
        new String(Files.readAllBytes(files(".parquet").get(0)), StandardCharsets.ISO_8859_1);
    assertFalse(bytes.contains(folder.toString()));
  }
}
