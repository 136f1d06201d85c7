package io.gemoclap.cli.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.decode.DecoderIsolation;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.cli.options.SegmentOption;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.features.Normalization;
import io.gemoclap.read.ResultFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How {@code gemoclap annotate} made a folder of results.
 *
 * @param settings the values in its {@code job.json}; empty if it has none
 * @param archive its archive's statistics; null if it has none
 */
public record AnnotateJob(Map<String, String> settings, @Nullable ArchiveStatistics archive) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SEGMENT = "--segment";

  /**
   * Reads what a folder says of its job.
   *
   * @throws IOException if that is damaged
   */
  public static AnnotateJob of(ResultFolder results) throws IOException {
    Map<String, String> settings = Map.of();
    if (results.names().contains(JobSettings.FILE)) {
      try (BufferedReader reader = results.read(JobSettings.FILE)) {
        settings = JSON.readValue(reader, new TypeReference<Map<String, String>>() {});
      } catch (JsonProcessingException e) {
        throw new IOException(
            "%s in '%s' is damaged: %s"
                .formatted(JobSettings.FILE, results, e.getOriginalMessage()),
            e);
      }
    }
    if (ArchiveStatisticsFile.isIn(results)) {
      return new AnnotateJob(settings, ArchiveStatisticsFile.read(results).statistics());
    }
    AnnotateJob job = new AnnotateJob(settings, null);
    if (settings.containsKey("--normalize") && job.normalization().usesArchive()) {
      throw new IOException(
          "%s is missing in '%s', but the rows there rest on it. Restore it"
              .formatted(ArchiveStatisticsFile.FILE, results));
    }
    return job;
  }

  /** A decoder that gives the channels that the results number. */
  public AudioDecoder decoder(DecoderIsolation isolation) {
    return new AudioDecoder(
        DecoderLimits.defaults(), channels(), SampleSink.SPEECH_RATE, isolation, stream());
  }

  /**
   * Decodes and cuts other recordings as those of the results. Recordings without spans, where
   * those of the results had some, are cut by voice activity, as they are where the job does not
   * say.
   */
  public DecodeAudio decoding() {
    return DecodeAudio.recordings()
        .withSegmenter(
            cutsBySpans()
                ? Segmenter.spansOr(Segmenter.voiceActivity())
                : SegmentOption.parse(value(SEGMENT, "vad")))
        .withChannels(channels())
        .withStream(stream())
        // Annotation leaves the option out if it is 0.
        .withSpeechThreshold(Double.parseDouble(value("--speech-threshold", "0")));
  }

  /** Whether segments were cut as a manifest or files of segments say. */
  public boolean cutsBySpans() {
    return value(SEGMENT, "vad").equals("spans") || settings.containsKey("--segments");
  }

  /** Whether the results say how recordings were cut. */
  public boolean saysHowItCut() {
    return settings.containsKey(SEGMENT);
  }

  /** Whether channels were mixed. */
  public ChannelMode channels() {
    return ChannelMode.valueOf(value("--channels", "mix").toUpperCase(Locale.ROOT));
  }

  /** Which audio streams of a file were decoded. */
  public StreamChoice stream() {
    return StreamChoice.parse(value("--stream", "all"));
  }

  /** Below which confidence segments are uncertain; empty if the results do not say. */
  public OptionalDouble abstainBelow() {
    try {
      return OptionalDouble.of(Double.parseDouble(value("--abstain-below", "")));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty(); // Earlier versions wrote "the model's".
    }
  }

  /** How features were normalised. */
  public Normalization normalization() {
    return Normalization.valueOf(value("--normalize", "auto").toUpperCase(Locale.ROOT));
  }

  private String value(String name, String otherwise) {
    return settings.getOrDefault(name, otherwise);
  }
}
