package io.gemoclap.providers;

import com.google.auto.service.AutoService;
import com.google.auto.value.AutoValue;
import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.failure.Failure;
import io.gemoclap.features.SpeechFeaturesCoder;
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
 * {@code EmbedSpeech} for other languages.
 *
 * @hidden
 */
@Internal
@AutoService(SchemaTransformProvider.class)
public final class EmbedProvider extends StageProvider<EmbedProvider.Configuration> {
  /** For {@code ServiceLoader}. */
  public EmbedProvider() {
    super("embed", "Embeds features in the shared space of a model.");
  }

  @Override
  PCollection<?> expand(
      Configuration configuration, PCollectionRowTuple input, List<PCollection<Failure>> failures) {
    EmbedSpeech embed =
        Settings.apply(configuration, EmbedSpeech.with(Settings.model(configuration.getModel())));
    Double seconds = configuration.getMaxBatchSeconds();
    embed = seconds == null ? embed : embed.withMaxBatchSeconds(seconds);
    Integer size = configuration.getMaxBatchSize();
    embed = size == null ? embed : embed.withMaxBatchSize(size);
    return InputRows.read(input.getSinglePCollection(), SpeechFeaturesCoder.of())
        .failuresTo(failures)
        .apply("EmbedSpeech", embed)
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
  public abstract static class Configuration implements Settings.Embedding {
    @SchemaFieldNumber("0")
    @SchemaFieldDescription("URI of a model bundle, or bundled. Default: bundled.")
    public abstract @Nullable String getModel();

    @Override
    @SchemaFieldNumber("1")
    @SchemaFieldDescription("Whether to embed on the first GPU of each worker. Default: false.")
    public abstract @Nullable Boolean getGpu();

    @Override
    @SchemaFieldNumber("2")
    @SchemaFieldDescription("Number format of the model: fp32 or fp16. Default: fp32.")
    public abstract @Nullable String getPrecision();

    @SchemaFieldNumber("3")
    @SchemaFieldDescription(
        "Longest padded audio of a batch in seconds. Default: 32, with a GPU 240.")
    public abstract @Nullable Double getMaxBatchSeconds();

    @SchemaFieldNumber("4")
    @SchemaFieldDescription("Most segments in a batch. Default: 64.")
    public abstract @Nullable Integer getMaxBatchSize();
  }
}
