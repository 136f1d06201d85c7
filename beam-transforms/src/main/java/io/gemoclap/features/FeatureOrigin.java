package io.gemoclap.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.hash.Hashing;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How a feature matrix was made: extracted by which {@link FeatureSpec}, and standardised with
 * which statistics, if at all. A model is fed only what has the origin that it was trained on;
 * numbers of another origin give confident but wrong results. Immutable.
 *
 * @param spec digest of the feature spec
 * @param normalization digest of the corpus statistics of the {@link NormalizationSpec} that
 *     standardised the features; empty if none did. Whose statistics were added to those, a
 *     recording's or a speaker's, makes no difference
 */
public record FeatureOrigin(String spec, String normalization) implements Serializable {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();
  private static final int DIGITS = 8;

  /** Features as a spec's extractor gives them. */
  public static FeatureOrigin of(FeatureSpec spec) {
    return new FeatureOrigin(digest(spec), "");
  }

  /** Features that are extracted by a spec and standardised; {@code null} for not standardised. */
  public static FeatureOrigin of(FeatureSpec spec, @Nullable NormalizationSpec normalization) {
    return normalization == null ? of(spec) : of(spec).normalizedWith(digest(normalization));
  }

  /** The same features standardised, also where they were before. */
  FeatureOrigin normalizedWith(String digest) {
    return new FeatureOrigin(
        spec, normalization.isEmpty() ? digest : normalization + ", then " + digest);
  }

  /** The digest of a normalisation's statistics, whatever it groups by. */
  static String digest(NormalizationSpec normalization) {
    return digest((Object) normalization.withGrouping(Normalization.NONE));
  }

  static String digest(Object value) {
    try {
      String json = JSON.writeValueAsString(value);
      return Hashing.sha256()
          .hashString(json, StandardCharsets.UTF_8)
          .toString()
          .substring(0, DIGITS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(value + " cannot be written as JSON", e);
    }
  }

  /**
   * Says how to make features of the origin that a model wants.
   *
   * @param wanted another origin than this one
   */
  public String remedy(FeatureOrigin wanted) {
    if (!spec.equals(wanted.spec)) {
      return "they are of feature spec %s, but must be of %s: extract them with the feature spec in"
              .formatted(spec, wanted.spec)
          + " the bundle's manifest (ExtractFeatures.of)";
    }
    if (wanted.normalization.isEmpty()) {
      return "they are standardised, but must not be: leave NormalizeFeatures out";
    }
    if (normalization.isEmpty()) {
      return "they are not standardised: put NormalizeFeatures, with the normalisation in the"
          + " bundle's manifest, between ExtractFeatures and EmbedSpeech";
    }
    return "they are standardised with statistics %s, but must be with %s: give NormalizeFeatures"
            .formatted(normalization, wanted.normalization)
        + " the normalisation in the bundle's manifest, once";
  }
}
