package io.gemoclap.providers;

import com.google.auto.service.AutoService;
import com.google.auto.value.AutoValue;
import io.gemoclap.AnnotateSpeech;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.failure.Failure;
import io.gemoclap.features.Normalization;
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
 * {@code AnnotateSpeech} for other languages.
 *
 * @hidden
 */
@Internal
@AutoService(SchemaTransformProvider.class)
public final class AnnotateProvider extends StageProvider<AnnotateProvider.Configuration> {
  /** For {@code ServiceLoader}. */
  public AnnotateProvider() {
    super(
        "annotate",
        "Annotates recordings: decodes them, cuts segments of speech, and scores their emotions.");
  }

  @Override
  PCollection<?> expand(
      Configuration configuration, PCollectionRowTuple input, List<PCollection<Failure>> failures) {
    AnnotateSpeech annotate =
        AnnotateSpeech.with(Settings.model(configuration.getModel()))
            .withDecoding(Settings.apply(configuration, DecodeAudio.recordings()))
            .withEmbedding(embed -> Settings.apply(configuration, embed))
            .withScoring(score -> Settings.apply(configuration, score))
            .withSummaries(false);
    String by = configuration.getNormalize();
    if (by != null) {
      annotate = annotate.withNormalization(Settings.choice("normalize", by, Normalization.class));
    }
    AnnotateSpeech.Result result =
        RecordingRows.of(input).failuresTo(failures).apply("AnnotateSpeech", annotate);
    failures.add(result.failures());
    return result.scores();
  }

  /**
   * The settings.
   *
   * @hidden
   */
  @Internal
  @AutoValue
  @DefaultSchema(AutoValueSchema.class)
  public abstract static class Configuration
      implements Settings.Decoding, Settings.Embedding, Settings.Scoring {
    @SchemaFieldNumber("0")
    @SchemaFieldDescription("URI of a model bundle, or bundled. Default: bundled.")
    public abstract @Nullable String getModel();

    @SchemaFieldNumber("1")
    @SchemaFieldDescription(
        "Whose statistics standardise features: auto, none, archive, recording or speaker. Default: auto.")
    public abstract @Nullable String getNormalize();

    @Override
    @SchemaFieldNumber("2")
    @SchemaFieldDescription("Where to cut: vad, whole or fixed:<length_s>/<hop_s>. Default: vad.")
    public abstract @Nullable String getSegment();

    @Override
    @SchemaFieldNumber("3")
    @SchemaFieldDescription("mix or split. Default: mix.")
    public abstract @Nullable String getChannels();

    @Override
    @SchemaFieldNumber("4")
    @SchemaFieldDescription(
        "Audio streams to decode from a file with several: all, first, loudest or a number from 1. Default: all.")
    public abstract @Nullable String getStream();

    @Override
    @SchemaFieldNumber("5")
    @SchemaFieldDescription(
        "Segments with a lower speech probability become failures of kind NO_SPEECH; 0 accepts all. Default: "
            + DecodeAudio.SPEECH_THRESHOLD
            + ".")
    public abstract @Nullable Double getSpeechThreshold();

    @Override
    @SchemaFieldNumber("6")
    @SchemaFieldDescription(
        "Folders that recordings may lie in; others become failures of kind FORBIDDEN. Default: everywhere.")
    public abstract @Nullable List<String> getAllowedRoots();

    @Override
    @SchemaFieldNumber("7")
    @SchemaFieldDescription("Whether to embed on the first GPU of each worker. Default: false.")
    public abstract @Nullable Boolean getGpu();

    @Override
    @SchemaFieldNumber("8")
    @SchemaFieldDescription("Number format of the model: fp32 or fp16. Default: fp32.")
    public abstract @Nullable String getPrecision();

    @Override
    @SchemaFieldNumber("9")
    @SchemaFieldDescription("Labels to choose from, two at least. Default: the model's.")
    public abstract @Nullable List<String> getLabels();

    @Override
    @SchemaFieldNumber("10")
    @SchemaFieldDescription("Prompt templates, with {} for the label. Default: the model's.")
    public abstract @Nullable List<String> getTemplates();

    @Override
    @SchemaFieldNumber("11")
    @SchemaFieldDescription("Number of most probable labels to keep. Default: all.")
    public abstract @Nullable Integer getTopK();

    @Override
    @SchemaFieldNumber("12")
    @SchemaFieldDescription(
        "Mark results below this confidence as abstained; 0 for none. Default: the model's threshold.")
    public abstract @Nullable Double getAbstainBelow();
  }
}
