package io.gemoclap.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.NormalizationSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * {@code gemoclap.json}: what a bundle is, without its weights.
 *
 * @param formatVersion {@link #FORMAT_VERSION}
 * @param featureSpec the features that the audio tower takes
 * @param normalization how the features were standardised for training, and are to be for
 *     annotation; null if they were not
 * @param audioEncoder kind of the audio encoder
 * @param textEncoder kind of the text encoder
 * @param dims size of the shared space
 * @param logitScaleAudio learned ε_a
 * @param logitScaleText learned ε_t
 * @param temperature calibration: probabilities are {@code softmax(ε_a · cosine / temperature)}
 * @param genderTemperature the same for gender
 * @param labels default emotion labels, in the order of every output
 * @param templates default prompt templates, with {@code {}} for the label
 * @param genderPrompts prompts of each gender, for scoring gender from the same embedding
 * @param provenance how it was trained: corpus, folds, variant, α, seed, scores
 * @param licence licence of the weights
 * @param files sha256 of every other file of the bundle, by relative path
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ModelManifest(
    int formatVersion,
    FeatureSpec featureSpec,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable NormalizationSpec normalization,
    String audioEncoder,
    String textEncoder,
    int dims,
    double logitScaleAudio,
    double logitScaleText,
    double temperature,
    double genderTemperature,
    List<String> labels,
    List<String> templates,
    Map<String, List<String>> genderPrompts,
    JsonNode provenance,
    String licence,
    Map<String, String> files) {

  /** The format that this version of the library reads and writes. */
  public static final int FORMAT_VERSION = 1;

  /** Copies collections and checks what every reader relies on. */
  @Internal
  public ModelManifest {
    if (formatVersion != FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "its format version is "
              + formatVersion
              + ", but this library reads version "
              + FORMAT_VERSION
              + "; use the library version of the bundle or rebuild the bundle");
    }
    if (featureSpec == null || labels == null || labels.isEmpty() || templates == null) {
      throw new IllegalArgumentException("feature_spec, labels or templates are missing");
    }
    if (!(temperature > 0 && genderTemperature > 0)) {
      throw new IllegalArgumentException(
          "temperatures must be positive, not " + temperature + " and " + genderTemperature);
    }
    labels = List.copyOf(labels);
    templates = List.copyOf(templates);
    genderPrompts = genderPrompts == null ? Map.of() : new LinkedHashMap<>(genderPrompts);
    files = files == null ? Map.of() : files;
  }

  ModelManifest withFiles(Map<String, String> digests) {
    return new ModelManifest(
        formatVersion,
        featureSpec,
        normalization,
        audioEncoder,
        textEncoder,
        dims,
        logitScaleAudio,
        logitScaleText,
        temperature,
        genderTemperature,
        labels,
        templates,
        genderPrompts,
        provenance,
        licence,
        digests);
  }
}
