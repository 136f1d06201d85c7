package io.gemoclap.cli.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.decode.DecoderIsolation;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.cli.archive.ArchiveStatisticsFile;
import io.gemoclap.cli.archive.JobSettings;
import io.gemoclap.cli.archive.ResultFolder;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.features.Normalization;
import io.gemoclap.review.sound.Sound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How {@code gemoclap annotate} made a folder of results.
 *
 * @param settings the values in its {@code job.json}; empty if it has none
 * @param archive its archive's statistics; null if it has none
 */
record AnnotateJob(Map<String, String> settings, @Nullable ArchiveStatistics archive) {

  static AnnotateJob of(Path folder) throws IOException {
    Path file = folder.resolve(JobSettings.FILE);
    ResultFolder results = new ResultFolder(folder.toString());
    try {
      return new AnnotateJob(
          Files.exists(file)
              ? new ObjectMapper()
                  .readValue(file.toFile(), new TypeReference<Map<String, String>>() {})
              : Map.of(),
          ArchiveStatisticsFile.isIn(results)
              ? ArchiveStatisticsFile.read(results).statistics()
              : null);
    } catch (JsonProcessingException e) {
      throw new IOException("'%s' is damaged: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  /** A decoder that gives the channels that the results number. */
  AudioDecoder decoder(DecoderIsolation isolation) {
    return new AudioDecoder(
        DecoderLimits.defaults(),
        ChannelMode.valueOf(value("--channels", "mix").toUpperCase(Locale.ROOT)),
        Sound.RATE,
        isolation,
        StreamChoice.parse(value("--stream", "all")));
  }

  /** How a recording that is searched for is decoded; it is cut by voice activity. */
  DecodeAudio decoding(DecoderIsolation isolation) {
    return DecodeAudio.recordings()
        .withIsolation(isolation)
        .withSpeechThreshold(
            Double.parseDouble(
                value("--speech-threshold", String.valueOf(DecodeAudio.SPEECH_THRESHOLD))));
  }

  /** How features were normalised. */
  Normalization normalization() {
    return Normalization.valueOf(value("--normalize", "auto").toUpperCase(Locale.ROOT));
  }

  private String value(String name, String otherwise) {
    return settings.getOrDefault(name, otherwise);
  }
}
