package io.gemoclap.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.auto.value.AutoBuilder;
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
 * @param dims size of the shared space, in which sentences lie
 * @param logitScaleAudio learned ε_a
 * @param logitScaleText learned ε_t
 * @param temperature calibration: probabilities are {@code softmax(ε_a · cosine / temperature)}
 * @param genderTemperature the same for gender
 * @param confidence how the temperature grows with the distance from the training data, and which
 *     emotions are not shown; null in bundles that have not measured it
 * @param labels default emotion labels, in the order of every output
 * @param templates default prompt templates, with {@code {}} for the label
 * @param genderPrompts prompts of each gender, for scoring gender from the same embedding
 * @param provenance how it was trained: corpus, folds, variant, α, seed, scores; JSON's null if
 *     nothing is known
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
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ConfidenceSpec confidence,
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
    provenance = provenance == null ? NullNode.getInstance() : provenance;
    files = files == null ? Map.of() : files;
  }

  /**
   * Size of a segment's vector: that of the shared space, and twice that with a voice branch, which
   * a hierarchical normalisation goes with.
   */
  @Internal
  public int speechDims() {
    return normalization != null && normalization.isHierarchical() ? 2 * dims : dims;
  }

  /**
   * The temperature of a segment's emotions.
   *
   * @param outOfDomain its distance from the training data; negative if unknown
   */
  @Internal
  public double temperature(double outOfDomain) {
    return confidence == null ? temperature : temperature * confidence.factor(outOfDomain);
  }

  /** The least confidence of an emotion that is shown by default; 0 if all are. */
  @Internal
  public double abstainBelow() {
    return confidence == null ? 0 : confidence.abstainBelow();
  }

  /**
   * A builder of the present format. Unless they are set, both temperatures are 1, and there are no
   * normalization, confidence, gender prompts, provenance and digests.
   */
  @Internal
  public static Builder builder() {
    return new AutoBuilder_ModelManifest_Builder()
        .setFormatVersion(FORMAT_VERSION)
        .setTemperature(1)
        .setGenderTemperature(1)
        .setGenderPrompts(Map.of())
        .setProvenance(NullNode.getInstance())
        .setFiles(Map.of());
  }

  /** A builder with the values of this manifest. */
  @Internal
  public Builder toBuilder() {
    return new AutoBuilder_ModelManifest_Builder(this);
  }

  /**
   * Builds {@link ModelManifest}; the record says what each field means.
   *
   * @hidden
   */
  @Internal
  @AutoBuilder
  public abstract static class Builder {
    abstract Builder setFormatVersion(int formatVersion);

    public abstract Builder setFeatureSpec(FeatureSpec featureSpec);

    public abstract Builder setNormalization(@Nullable NormalizationSpec normalization);

    public abstract Builder setAudioEncoder(String audioEncoder);

    public abstract Builder setTextEncoder(String textEncoder);

    public abstract Builder setDims(int dims);

    public abstract Builder setLogitScaleAudio(double logitScaleAudio);

    public abstract Builder setLogitScaleText(double logitScaleText);

    public abstract Builder setTemperature(double temperature);

    public abstract Builder setGenderTemperature(double genderTemperature);

    public abstract Builder setConfidence(@Nullable ConfidenceSpec confidence);

    public abstract Builder setLabels(List<String> labels);

    public abstract Builder setTemplates(List<String> templates);

    public abstract Builder setGenderPrompts(Map<String, List<String>> genderPrompts);

    public abstract Builder setProvenance(JsonNode provenance);

    public abstract Builder setLicence(String licence);

    abstract Builder setFiles(Map<String, String> files);

    /** Builds the manifest, and checks it. */
    public abstract ModelManifest build();
  }
}
