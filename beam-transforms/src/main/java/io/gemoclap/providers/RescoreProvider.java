package io.gemoclap.providers;

import com.google.auto.service.AutoService;
import com.google.auto.value.AutoValue;
import io.gemoclap.RescoreSegments;
import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.failure.Failure;
import io.gemoclap.score.ScoreEmotions;
import io.gemoclap.write.WriteAnnotations;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldDescription;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldNumber;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.jspecify.annotations.Nullable;

/**
 * {@code RescoreSegments} for other languages.
 *
 * @hidden
 */
@Internal
@AutoService(SchemaTransformProvider.class)
public final class RescoreProvider extends StageProvider<RescoreProvider.Configuration> {
  private enum Stored {
    EMBEDDINGS,
    FEATURES
  }

  /** For {@code ServiceLoader}. */
  public RescoreProvider() {
    super(
        "rescore",
        "Scores the segments of a folder of results again, with other labels or another model, without audio.");
  }

  @Override
  public List<String> inputCollectionNames() {
    return List.of();
  }

  @Override
  PCollection<?> expand(
      Configuration configuration, PCollectionRowTuple input, List<PCollection<Failure>> failures) {
    String model = Settings.model(configuration.getModel());
    ScoreEmotions score = Settings.apply(configuration, ScoreEmotions.with(model));
    String from = configuration.getFrom();
    Stored stored = from == null ? Stored.EMBEDDINGS : Settings.choice("from", from, Stored.class);
    RescoreSegments rescore =
        stored == Stored.EMBEDDINGS
            ? RescoreSegments.ofEmbeddings(configuration.getResults(), score)
            : RescoreSegments.ofFeatures(
                configuration.getResults(),
                Settings.apply(configuration, EmbedSpeech.with(model)),
                score,
                false);
    PCollectionTuple result = input.getPipeline().begin().apply("RescoreSegments", rescore);
    failures.add(result.get(WriteAnnotations.FAILURES));
    return result.get(WriteAnnotations.SCORES);
  }

  /**
   * The settings.
   *
   * @hidden
   */
  @Internal
  @AutoValue
  @DefaultSchema(AutoValueSchema.class)
  public abstract static class Configuration implements Settings.Embedding, Settings.Scoring {
    @SchemaFieldNumber("0")
    @SchemaFieldDescription(
        "Folder of results, which annotate has written with --embeddings or --features.")
    public abstract String getResults();

    @SchemaFieldNumber("1")
    @SchemaFieldDescription(
        "embeddings, which the same model made, or features, for another model. Default: embeddings.")
    public abstract @Nullable String getFrom();

    @SchemaFieldNumber("2")
    @SchemaFieldDescription("URI of a model bundle, or bundled. Default: bundled.")
    public abstract @Nullable String getModel();

    @Override
    @SchemaFieldNumber("3")
    @SchemaFieldDescription("Whether to embed on the first GPU of each worker. Default: false.")
    public abstract @Nullable Boolean getGpu();

    @Override
    @SchemaFieldNumber("4")
    @SchemaFieldDescription("Number format of the model: fp32 or fp16. Default: fp32.")
    public abstract @Nullable String getPrecision();

    @Override
    @SchemaFieldNumber("5")
    @SchemaFieldDescription("Labels to choose from, two at least. Default: the model's.")
    public abstract @Nullable List<String> getLabels();

    @Override
    @SchemaFieldNumber("6")
    @SchemaFieldDescription("Prompt templates, with {} for the label. Default: the model's.")
    public abstract @Nullable List<String> getTemplates();

    @Override
    @SchemaFieldNumber("7")
    @SchemaFieldDescription("Number of most probable labels to keep. Default: all.")
    public abstract @Nullable Integer getTopK();

    @Override
    @SchemaFieldNumber("8")
    @SchemaFieldDescription(
        "Mark results below this confidence as abstained; 0 for none. Default: the model's threshold.")
    public abstract @Nullable Double getAbstainBelow();
  }
}
