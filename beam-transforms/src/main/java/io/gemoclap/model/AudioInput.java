package io.gemoclap.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.model.audio.AudioEncoders;
import io.gemoclap.model.weights.Excerpt;
import io.gemoclap.model.weights.HuggingFaceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What a pretrained audio encoder takes as its input.
 *
 * @param features the features of a segment
 * @param normalization how they are standardised by recording or speaker; null if they are not
 * @hidden
 */
@Internal
public record AudioInput(FeatureSpec features, @Nullable NormalizationSpec normalization) {
  private static final int SAMPLE_RATE = FeatureSpec.waveform().sampleRate();
  private static final String EXTRACTOR = "Wav2Vec2FeatureExtractor";

  /**
   * Encoders over waveforms say it in {@link HuggingFaceFolder#featureExtractor()}; without such
   * settings segments are normalised, which is transformers' own default. Compact encoders say it
   * only in the manifest of their bundle, so their folder must be the {@code audio} folder of one.
   *
   * @throws IOException naming the file and what is missing or not supported
   */
  static AudioInput of(HuggingFaceFolder folder) throws IOException {
    if (AudioEncoders.COMPACT.contains(folder.modelType())) {
      return ofBundle(folder);
    }
    HuggingFaceFolder.Settings settings = folder.featureExtractor().orElse(null);
    if (settings == null) {
      return new AudioInput(FeatureSpec.waveform(true), null);
    }
    refuse(
        settings.json().path("sampling_rate"),
        rate -> rate.isNumber() && rate.asDouble() == SAMPLE_RATE,
        settings.file()
            + " asks for a sampling_rate of %s Hz; only encoders of speech at "
            + SAMPLE_RATE
            + " Hz can be imported");
    refuse(
        settings.json().path("feature_extractor_type"),
        type -> type.isNull() || type.asText().equals(EXTRACTOR),
        settings.file()
            + " asks for the feature extractor %s; only "
            + EXTRACTOR
            + " is supported");
    // As in Python, null counts as false.
    JsonNode normalized = settings.json().path("do_normalize");
    refuse(
        normalized,
        value -> value.isBoolean() || value.isNull(),
        settings.file() + " has a do_normalize of %s; write true or false");
    return new AudioInput(
        FeatureSpec.waveform(normalized.isMissingNode() || normalized.asBoolean(false)), null);
  }

  private static void refuse(JsonNode value, Predicate<JsonNode> supported, String message)
      throws IOException {
    if (!value.isMissingNode() && !supported.test(value)) {
      throw new IOException(message.formatted(Excerpt.text(value.toString())));
    }
  }

  private static AudioInput ofBundle(HuggingFaceFolder folder) throws IOException {
    Path manifest = folder.folder().toAbsolutePath().resolveSibling(ModelBundle.MANIFEST);
    if (!Files.isRegularFile(manifest)) {
      throw new IOException(
          "'"
              + folder.folder()
              + "' contains the compact encoder '"
              + folder.modelType()
              + "', whose features only its bundle describes; name the audio folder inside of a"
              + " bundle");
    }
    ModelManifest read = ModelBundle.parse(Files.readAllBytes(manifest), manifest.toString());
    NormalizationSpec normalization = read.normalization();
    if (normalization != null && normalization.isHierarchical()) {
      throw new IOException(
          "'"
              + folder.folder()
              + "' is one of two audio encoders of its bundle and cannot be imported alone;"
              + " fine-tune the bundle with --encoder=<bundle>");
    }
    return new AudioInput(read.featureSpec(), normalization);
  }
}
