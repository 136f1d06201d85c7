package io.gemoclap.providers;

import com.google.auto.service.AutoService;
import com.google.auto.value.AutoValue;
import io.gemoclap.embed.SpeechEmbeddingCoder;
import io.gemoclap.failure.Failure;
import io.gemoclap.score.ScoreEmotions;
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
 * {@code ScoreEmotions} for other languages.
 *
 * @hidden
 */
@Internal
@AutoService(SchemaTransformProvider.class)
public final class ScoreProvider extends StageProvider<ScoreProvider.Configuration> {
  /** For {@code ServiceLoader}. */
  public ScoreProvider() {
    super("score", "Scores embeddings with labels.");
  }

  @Override
  PCollection<?> expand(
      Configuration configuration, PCollectionRowTuple input, List<PCollection<Failure>> failures) {
    ScoreEmotions score =
        Settings.apply(configuration, ScoreEmotions.with(Settings.model(configuration.getModel())));
    Double temperature = configuration.getTemperature();
    score = temperature == null ? score : score.withTemperature(temperature);
    return InputRows.read(input.getSinglePCollection(), SpeechEmbeddingCoder.of())
        .failuresTo(failures)
        .apply("ScoreEmotions", score)
        .failuresTo(failures);
  }

  /**
   * The settings.
   *
   * @hidden
   */
  @Internal
  @AutoValue
  @DefaultSchema(AutoValueSchema.class)
  public abstract static class Configuration implements Settings.Scoring {
    @SchemaFieldNumber("0")
    @SchemaFieldDescription("URI of a model bundle, or bundled. Default: bundled.")
    public abstract @Nullable String getModel();

    @Override
    @SchemaFieldNumber("1")
    @SchemaFieldDescription("Labels to choose from, two at least. Default: the model's.")
    public abstract @Nullable List<String> getLabels();

    @Override
    @SchemaFieldNumber("2")
    @SchemaFieldDescription("Prompt templates, with {} for the label. Default: the model's.")
    public abstract @Nullable List<String> getTemplates();

    @Override
    @SchemaFieldNumber("3")
    @SchemaFieldDescription("Number of most probable labels to keep. Default: all.")
    public abstract @Nullable Integer getTopK();

    @Override
    @SchemaFieldNumber("4")
    @SchemaFieldDescription(
        "Mark results below this confidence as abstained; 0 for none. Default: the model's threshold.")
    public abstract @Nullable Double getAbstainBelow();

    @SchemaFieldNumber("5")
    @SchemaFieldDescription(
        "Temperature of the softmax, above 0; a higher one gives lower confidence. Default: the model's.")
    public abstract @Nullable Double getTemperature();
  }
}
