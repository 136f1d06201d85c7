package io.gemoclap.providers;

import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.model.Precision;
import io.gemoclap.score.Labels;
import io.gemoclap.score.PromptTemplates;
import io.gemoclap.score.ScoreEmotions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Settings that several configurations have, applied to the transforms that they are for. */
final class Settings {
  private Settings() {}

  /** Settings of {@link DecodeAudio}. */
  interface Decoding {
    @Nullable String getSegment();

    @Nullable String getChannels();

    @Nullable String getStream();

    @Nullable Double getSpeechThreshold();

    @Nullable List<String> getAllowedRoots();
  }

  /** Settings of {@link EmbedSpeech}. */
  interface Embedding {
    @Nullable Boolean getGpu();

    @Nullable String getPrecision();
  }

  /** Settings of {@link ScoreEmotions}. */
  interface Scoring {
    @Nullable List<String> getLabels();

    @Nullable List<String> getTemplates();

    @Nullable Integer getTopK();

    @Nullable Double getAbstainBelow();
  }

  static DecodeAudio apply(Decoding settings, DecodeAudio decode) {
    String segment = settings.getSegment();
    decode = segment == null ? decode : decode.withSegmenter(Segmenter.parse(segment));
    String channels = settings.getChannels();
    decode =
        channels == null
            ? decode
            : decode.withChannels(choice("channels", channels, ChannelMode.class));
    String stream = settings.getStream();
    decode = stream == null ? decode : decode.withStream(StreamChoice.parse(stream));
    Double threshold = settings.getSpeechThreshold();
    decode = threshold == null ? decode : decode.withSpeechThreshold(threshold);
    List<String> roots = settings.getAllowedRoots();
    return roots == null ? decode : decode.withAllowedRoots(AllowedRoots.of(roots));
  }

  static EmbedSpeech apply(Embedding settings, EmbedSpeech embed) {
    String precision = settings.getPrecision();
    embed =
        precision == null
            ? embed
            : embed.withPrecision(choice("precision", precision, Precision.class));
    return Boolean.TRUE.equals(settings.getGpu()) ? embed.withGpu(true) : embed;
  }

  static ScoreEmotions apply(Scoring settings, ScoreEmotions score) {
    List<String> labels = settings.getLabels();
    score = labels == null ? score : score.withLabels(new Labels(labels));
    List<String> templates = settings.getTemplates();
    score = templates == null ? score : score.withTemplates(new PromptTemplates(templates));
    Integer topK = settings.getTopK();
    score = topK == null ? score : score.withTopK(topK);
    Double abstainBelow = settings.getAbstainBelow();
    return abstainBelow == null ? score : score.withAbstainBelow(abstainBelow);
  }

  /** The bundle that a setting names. */
  static String model(@Nullable String model) {
    return model == null ? Bundles.BUNDLED : model;
  }

  /**
   * The constant of an enumeration, in small or capital letters.
   *
   * @throws IllegalArgumentException naming the setting and its values
   */
  static <E extends Enum<E>> E choice(String name, String value, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "%s is '%s', but must be one of %s"
            .formatted(
                name, value, Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
  }
}
