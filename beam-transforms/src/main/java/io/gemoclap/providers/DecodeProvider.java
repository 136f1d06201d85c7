package io.gemoclap.providers;

import com.google.auto.service.AutoService;
import com.google.auto.value.AutoValue;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.failure.Failure;
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
 * {@code DecodeAudio} for other languages.
 *
 * @hidden
 */
@Internal
@AutoService(SchemaTransformProvider.class)
public final class DecodeProvider extends StageProvider<DecodeProvider.Configuration> {
  /** For {@code ServiceLoader}. */
  public DecodeProvider() {
    super("decode", "Decodes recordings and cuts segments of speech.");
  }

  @Override
  PCollection<?> expand(
      Configuration configuration, PCollectionRowTuple input, List<PCollection<Failure>> failures) {
    DecodeAudio decode = Settings.apply(configuration, DecodeAudio.recordings());
    Integer sampleRate = configuration.getSampleRate();
    if (sampleRate != null) {
      decode = decode.withSampleRate(sampleRate);
    }
    DecodeAudio.Result result =
        RecordingRows.of(input).failuresTo(failures).apply("DecodeAudio", decode);
    failures.add(result.failures());
    return result.segments();
  }

  /**
   * The settings.
   *
   * @hidden
   */
  @Internal
  @AutoValue
  @DefaultSchema(AutoValueSchema.class)
  public abstract static class Configuration implements Settings.Decoding {
    @SchemaFieldNumber("0")
    @SchemaFieldDescription("Samples per second of the segments, 1000 to 768000. Default: 16000.")
    public abstract @Nullable Integer getSampleRate();

    @Override
    @SchemaFieldNumber("1")
    @SchemaFieldDescription("Where to cut: vad, whole or fixed:<length_s>/<hop_s>. Default: vad.")
    public abstract @Nullable String getSegment();

    @Override
    @SchemaFieldNumber("2")
    @SchemaFieldDescription("mix or split. Default: mix.")
    public abstract @Nullable String getChannels();

    @Override
    @SchemaFieldNumber("3")
    @SchemaFieldDescription(
        "Audio streams to decode from a file with several: all, first, loudest or a number from 1. Default: all.")
    public abstract @Nullable String getStream();

    @Override
    @SchemaFieldNumber("4")
    @SchemaFieldDescription(
        "Segments with a lower speech probability become failures of kind NO_SPEECH; 0 accepts all. Default: "
            + DecodeAudio.SPEECH_THRESHOLD
            + ".")
    public abstract @Nullable Double getSpeechThreshold();

    @Override
    @SchemaFieldNumber("5")
    @SchemaFieldDescription(
        "Folders that recordings may lie in; others become failures of kind FORBIDDEN. Default: everywhere.")
    public abstract @Nullable List<String> getAllowedRoots();
  }
}
