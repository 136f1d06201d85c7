package io.gemoclap.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.model.checkpoint.HuggingFaceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a pretrained audio encoder eats.
 *
 * @param features the features of a segment
 * @param normalization how they are standardised by recording or speaker; null if they are not
 */
public record AudioInput(FeatureSpec features, NormalizationSpec normalization) {
  private static final int SAMPLE_RATE = 16_000;

  /**
   * Encoders over waveforms say it in {@code preprocessor_config.json}; without that file segments
   * are normalised, which is that file's own default. Compact encoders say it only in the manifest
   * of their bundle, so their folder must be the {@code audio} folder of one.
   *
   * @throws IOException naming the file and what is missing or not supported
   */
  static AudioInput of(HuggingFaceFolder folder) throws IOException {
    if (AudioEncoders.COMPACT.contains(folder.modelType())) {
      return ofBundle(folder);
    }
    JsonNode settings = folder.preprocessor().orElse(null);
    if (settings == null) {
      return new AudioInput(FeatureSpec.waveform(true), null);
    }
    int rate = settings.path("sampling_rate").asInt(SAMPLE_RATE);
    if (rate != SAMPLE_RATE) {
      throw new IOException(
          folder.folder().resolve("preprocessor_config.json")
              + " asks for a sampling_rate of "
              + rate
              + " Hz; only encoders of speech at "
              + SAMPLE_RATE
              + " Hz can be imported");
    }
    boolean normalized = settings.path("do_normalize").asBoolean(true);
    return new AudioInput(FeatureSpec.waveform(normalized), null);
  }

  private static AudioInput ofBundle(HuggingFaceFolder folder) throws IOException {
    Path manifest = folder.folder().toAbsolutePath().resolveSibling(ModelBundle.MANIFEST);
    if (!Files.isRegularFile(manifest)) {
      throw new IOException(
          "'"
              + folder.folder()
              + "' holds the compact encoder '"
              + folder.modelType()
              + "', whose features only its bundle describes; name the audio folder inside of a"
              + " bundle");
    }
    ModelManifest read = ModelBundle.parse(Files.readAllBytes(manifest), manifest.toString());
    return new AudioInput(read.featureSpec(), read.normalization());
  }
}
