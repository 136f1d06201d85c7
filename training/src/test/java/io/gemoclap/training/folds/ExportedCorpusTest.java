package io.gemoclap.training.folds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableMap;
import io.gemoclap.export.AudioCopies;
import io.gemoclap.export.CorpusFormat;
import io.gemoclap.export.ExportCorpus;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.LabelScore;
import io.gemoclap.training.corpus.AudioDigests;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The corpus readers find in exported corpora what was exported, and splits do not leak. */
final class ExportedCorpusTest {
  private static final int RATE = 16_000;
  private static final List<String> SPEAKERS = List.of("Kim", "Kim", "Lea", "Max", "Ida");

  @TempDir private Path folder;

  /** Noise, so that no two recordings have the same samples. */
  private Path recording(int number) throws IOException {
    ByteBuffer wav = ByteBuffer.allocate(44 + 8 * RATE).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 8 * RATE);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(8 * RATE);
    Random random = new Random(number);
    while (wav.hasRemaining()) {
      wav.putShort((short) (random.nextInt(20_000) - 10_000));
    }
    Path file = folder.resolve("in/call " + number + ".wav");
    Files.createDirectories(file.getParent());
    return Files.write(file, wav.array());
  }

  private List<EmotionScores> segments() throws IOException {
    List<EmotionScores> segments = new ArrayList<>();
    for (int i = 0; i < SPEAKERS.size(); i++) {
      Path file = recording(i);
      for (int start = 0; start < 3; start++) {
        String emotion = (i + start) % 2 == 0 ? "calm, mostly" : "Wütend";
        segments.add(
            EmotionScores.builder()
                .setRecording(file.toString())
                .setSegmentId(file + "#0:" + start + "000-" + (start + 1) + "250")
                .setChannel(0)
                .setStartSeconds(start)
                .setEndSeconds(start + 1.25)
                .setEmotion(emotion)
                .setConfidence(0.8)
                .setAbstained(false)
                .setScores(List.of(LabelScore.of(emotion, 0.8), LabelScore.of("other", 0.2)))
                .setGender("female")
                .setGenderScores(List.of())
                .setModelId("0123456789abcdef")
                .setLabelSet("abcdef")
                .setMetadata(
                    Map.of(
                        "speaker", SPEAKERS.get(i),
                        "gender", "female",
                        "language", "de",
                        "text", "Nein, \"nein\"!"))
                .setSpeechProbability(0.9)
                .build());
      }
    }
    return segments;
  }

  private static void export(ExportCorpus export, List<EmotionScores> segments) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline.apply(Create.of(segments)).apply(export);
    pipeline.run().waitUntilFinish();
  }

  private static String place(CorpusFormat format, Path corpus, String split) {
    Path place =
        switch (format) {
          case CSV -> corpus.resolve(split + ".csv");
          case NEMO -> corpus.resolve(split + "_manifest.json");
          case LHOTSE -> corpus.resolve(split + "_supervisions.jsonl");
          default -> corpus;
        };
    return format + ":" + place;
  }

  private static String known(String emotion, String speaker, String recording) {
    return String.join(" | ", emotion, speaker, recording);
  }

  @ParameterizedTest
  @EnumSource(
      value = CorpusFormat.class,
      names = {"CSV", "NEMO", "LHOTSE", "AUDIOFOLDER"})
  void readersFindTheUtterances(CorpusFormat format) throws IOException {
    List<EmotionScores> segments = segments();
    List<String> expected =
        segments.stream()
            .map(s -> known(s.getEmotion(), s.getMetadata().get("speaker"), s.getRecording()))
            .sorted()
            .toList();
    for (AudioCopies audio : format.audio()) {
      Path corpus = folder.resolve(audio.toString());
      export(ExportCorpus.to(corpus.toString(), format).withAudio(audio), segments);
      List<Utterance> read = Corpus.read(place(format, corpus, "train")).utterances();
      assertEquals(
          expected,
          read.stream().map(u -> known(u.emotion(), u.speaker(), u.recording())).sorted().toList());
      for (Utterance each : read) {
        assertEquals("Nein, \"nein\"!", each.text());
        assertEquals("de", each.language());
        assertEquals(Utterance.Gender.FEMALE, each.gender());
        assertEquals(audio == AudioCopies.LINK, each.span().isPresent(), each.toString());
        each.span().ifPresent(span -> assertEquals(1.25, span.endSeconds() - span.startSeconds()));
      }
    }
  }

  @Test
  void splitsPassTheLeakGuard() throws IOException {
    for (AudioCopies audio : List.of(AudioCopies.LINK, AudioCopies.EMBED)) {
      Path corpus = folder.resolve("splits-" + audio);
      export(
          ExportCorpus.to(corpus.toString(), CorpusFormat.CSV)
              .withAudio(audio)
              .withSplits(ImmutableMap.of("train", 0.4, "validation", 0.3, "test", 0.3)),
          segments());
      List<List<Utterance>> splits = new ArrayList<>();
      for (String split : List.of("train", "validation", "test")) {
        splits.add(Corpus.read(place(CorpusFormat.CSV, corpus, split)).utterances());
      }
      assertEquals(15, splits.stream().mapToInt(List::size).sum());
      Fold fold = new Fold("export", splits.get(0), splits.get(1), splits.get(2));
      LeakGuard.check(
          new Folds("export", false, false, 0, List.of(fold)),
          EnumSet.of(Grouping.SPEAKER, Grouping.RECORDING),
          new AudioDigests());
    }
  }
}
