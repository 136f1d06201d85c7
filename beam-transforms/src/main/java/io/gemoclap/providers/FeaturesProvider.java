package io.gemoclap.providers;

import com.google.auto.service.AutoService;
import com.google.auto.value.AutoValue;
import io.gemoclap.AnnotateSpeech;
import io.gemoclap.audio.SpeechSegmentCoder;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.failure.Failure;
import io.gemoclap.features.ExtractFeatures;
import io.gemoclap.features.Normalization;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.features.SpeechFeatures;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldDescription;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldNumber;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.jspecify.annotations.Nullable;

/**
 * {@code ExtractFeatures} and {@code NormalizeFeatures} for other languages.
 *
 * @hidden
 */
@Internal
@AutoService(SchemaTransformProvider.class)
public final class FeaturesProvider extends StageProvider<FeaturesProvider.Configuration> {
  /** For {@code ServiceLoader}. */
  public FeaturesProvider() {
    super(
        "features",
        "Extracts the features that a model takes from segments, and standardises them as the model wants.");
  }

  @Override
  PCollection<?> expand(
      Configuration configuration, PCollectionRowTuple input, List<PCollection<Failure>> failures) {
    AnnotateSpeech annotate = AnnotateSpeech.with(Settings.model(configuration.getModel()));
    String by = configuration.getNormalize();
    if (by != null) {
      annotate = annotate.withNormalization(Settings.choice("normalize", by, Normalization.class));
    }
    PCollection<SpeechFeatures> features =
        InputRows.read(input.getSinglePCollection(), SpeechSegmentCoder.of())
            .failuresTo(failures)
            .apply(
                "ExtractFeatures",
                ExtractFeatures.of(Bundles.manifest(annotate.bundle()).featureSpec()))
            .failuresTo(failures);
    NormalizationSpec normalization = annotate.normalizationSpec();
    return normalization == null
        ? features
        : features.apply("NormalizeFeatures", NormalizeFeatures.with(normalization));
  }

  /**
   * The settings.
   *
   * @hidden
   */
  @Internal
  @AutoValue
  @DefaultSchema(AutoValueSchema.class)
  public abstract static class Configuration {
    @SchemaFieldNumber("0")
    @SchemaFieldDescription("URI of a model bundle, or bundled. Default: bundled.")
    public abstract @Nullable String getModel();

    @SchemaFieldNumber("1")
    @SchemaFieldDescription(
        "Whose statistics standardise features: auto, none, archive, recording or speaker. Default: auto.")
    public abstract @Nullable String getNormalize();
  }
}
