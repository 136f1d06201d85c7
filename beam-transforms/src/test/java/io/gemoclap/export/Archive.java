package io.gemoclap.export;

import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.LabelScore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Recordings and scored segments for tests of export. */
final class Archive {
  static final int RATE = 16_000;

  private Archive() {}

  /** A recording of a tone, 16 bits, one channel. */
  static Path tone(Path file, double seconds, double hertz, double amplitude) throws IOException {
    int count = (int) Math.round(seconds * RATE);
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * count).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * count);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * count);
    for (int i = 0; i < count; i++) {
      wav.putShort(
          (short) Math.round(amplitude * 32_767 * Math.sin(2 * Math.PI * hertz * i / RATE)));
    }
    Files.createDirectories(file.getParent());
    return Files.write(file, wav.array());
  }

  /** A certain segment. */
  static EmotionScores segment(
      Object recording, double start, double end, String emotion, Map<String, String> metadata) {
    return segment(recording, start, end, emotion, 0.8, false, metadata);
  }

  static EmotionScores segment(
      Object recording,
      double start,
      double end,
      String emotion,
      double confidence,
      boolean abstained,
      Map<String, String> metadata) {
    return EmotionScores.builder()
        .setRecording(recording.toString())
        .setSegmentId(
            String.format(
                Locale.ROOT,
                "%s#0:%d-%d",
                recording,
                Math.round(start * 1000),
                Math.round(end * 1000)))
        .setChannel(0)
        .setStartSeconds(start)
        .setEndSeconds(end)
        .setEmotion(emotion)
        .setConfidence(confidence)
        .setAbstained(abstained)
        .setScores(
            List.of(LabelScore.of(emotion, confidence), LabelScore.of("other", 1 - confidence)))
        .setGender("female")
        .setGenderScores(List.of())
        .setModelId("0123456789abcdef")
        .setLabelSet("abcdef")
        .setMetadata(metadata)
        .setSpeechProbability(0.9)
        .build();
  }
}
