package io.gemoclap;

import com.google.auto.value.AutoValue;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.DecodeWithStage;
import io.gemoclap.audio.DecodedRecording;
import io.gemoclap.audio.Recording;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.ErrorHandlers;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.LogFailures;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.features.ExtractFeatures;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.Normalization;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.score.EmotionPrompts;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.RecordingSummary;
import io.gemoclap.score.ScoreEmotions;
import io.gemoclap.score.SummarizeRecordings;
import io.gemoclap.write.WriteAnnotations;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * Annotates recordings: takes recordings and returns segments with emotions. Start here.
 *
 * <pre>{@code
 * AnnotateSpeech.Result result = recordings.apply(AnnotateSpeech.with("bundled"));
 * result.toTuple().apply(WriteAnnotations.to("/data/annotations"));
 * }</pre>
 *
 * <p>The bundle is named once and pinned: every stage and every worker uses this bundle. Stages
 * have their defaults unless {@link #withDecoding}, {@link #withEmbedding} or {@link #withScoring}
 * set something else. The order of settings makes no difference.
 *
 * <p>Bounded input, or unbounded input that is windowed or has no summaries ({@link
 * #withSummaries}). Every segment ends in exactly one place: the scores or the failures. A
 * recording that fails halfway has scores of its first segments and a failure of its own.
 */
@AutoValue
public abstract class AnnotateSpeech
    extends PTransform<PCollection<Recording>, AnnotateSpeech.Result> {

  AnnotateSpeech() {}

  abstract FeatureSpec spec();

  /** How the features are standardised; null if they are not. */
  @Internal
  public abstract @Nullable NormalizationSpec normalizationSpec();

  @Nullable
  abstract ArchiveStatistics archive();

  abstract DecodeAudio decode();

  abstract EmbedSpeech embed();

  abstract ScoreEmotions score();

  @Nullable
  abstract PCollectionView<Optional<BundleRef>> liveModel();

  abstract boolean summaries();

  @Nullable
  abstract ErrorHandler<BadRecord, ?> errorHandler();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setSpec(FeatureSpec spec);

    abstract Builder setNormalizationSpec(@Nullable NormalizationSpec normalizationSpec);

    abstract Builder setArchive(@Nullable ArchiveStatistics archive);

    abstract Builder setDecode(DecodeAudio decode);

    abstract Builder setEmbed(EmbedSpeech embed);

    abstract Builder setScore(ScoreEmotions score);

    abstract Builder setLiveModel(@Nullable PCollectionView<Optional<BundleRef>> liveModel);

    abstract Builder setSummaries(boolean summaries);

    abstract Builder setErrorHandler(@Nullable ErrorHandler<BadRecord, ?> errorHandler);

    abstract AnnotateSpeech build();
  }

  /**
   * Annotates with a bundle, whose manifest is read here. Features are standardised as they were
   * for its training.
   *
   * @param bundle URI of a bundle on any Beam file system, or {@link Bundles#BUNDLED}; workers use
   *     the bundle that it means now, or none
   * @throws UncheckedIOException when the bundle is missing or of an unknown version
   * @throws IllegalArgumentException when the parts of its manifest contradict each other
   */
  public static AnnotateSpeech with(String bundle) {
    return with(Bundles.resolve(bundle));
  }

  /** The same with a bundle that is pinned already. */
  public static AnnotateSpeech with(BundleRef bundle) {
    ModelManifest manifest = Bundles.manifest(bundle);
    FeatureSpec spec = manifest.featureSpec();
    NormalizationSpec normalization = manifest.normalization();
    int columns = spec.extractor().dims();
    if (normalization != null && normalization.dims() != columns) {
      throw new IllegalArgumentException(
          "Bundle %s cannot be used: its features have %s columns, but its normalisation has %s"
              .formatted(bundle, columns, normalization.dims()));
    }
    return new AutoValue_AnnotateSpeech.Builder()
        .setSpec(spec)
        .setNormalizationSpec(normalization)
        .setDecode(DecodeAudio.recordings())
        .setEmbed(EmbedSpeech.with(bundle))
        .setScore(ScoreEmotions.with(bundle))
        .setSummaries(true)
        .build();
  }

  /** Other decoding settings; the sampling rate stays the model's. */
  public AnnotateSpeech withDecoding(DecodeAudio decode) {
    return toBuilder().setDecode(decode).build();
  }

  /**
   * Standardises features otherwise than the bundle says: by recording and channel, by the metadata
   * {@code speaker}, or by the archive. {@code NONE} collects no statistics: a model that was
   * trained on standardised features then gets them measured by its corpus alone. {@code AUTO} uses
   * every level that the bundle was trained for, as is the default.
   *
   * @throws IllegalArgumentException if statistics are asked for that the bundle was trained
   *     without
   */
  public AnnotateSpeech withNormalization(Normalization by) {
    NormalizationSpec own = Bundles.manifest(bundle()).normalization();
    if (by == Normalization.AUTO) {
      return toBuilder().setNormalizationSpec(own).build();
    }
    if (own == null && by != Normalization.NONE) {
      throw new IllegalArgumentException(
          ("Bundle '%s' was trained without normalisation and holds no statistics of its corpus to"
                  + " start from; train a model with --normalize=%s, or annotate with"
                  + " --normalize=none")
              .formatted(bundle().uri(), by == Normalization.ARCHIVE ? Normalization.AUTO : by));
    }
    if (own != null && by.usesArchive() && !own.isHierarchical()) {
      throw new IllegalArgumentException(
          ("Bundle '%s' was trained without an archive; train a model with --normalize=auto, or"
                  + " annotate with --normalize=recording or speaker")
              .formatted(bundle().uri()));
    }
    NormalizationSpec other = own == null ? null : own.withGrouping(by);
    return toBuilder().setNormalizationSpec(other).build();
  }

  /**
   * Takes the archive's statistics as given, so that jobs over parts of an archive agree. Default:
   * they are those of the input, as {@link NormalizeFeatures} describes. Ignored where the
   * normalisation uses no archive.
   *
   * @param archive as {@link EstimateArchive} makes them with the same bundle
   * @throws IllegalArgumentException if they are of other features
   */
  public AnnotateSpeech withArchive(ArchiveStatistics archive) {
    archive.requireFeatures(spec());
    return toBuilder().setArchive(archive).build();
  }

  /**
   * Other embedding settings, as in {@code withEmbedding(embed -> embed.withGpu(true))}; the bundle
   * stays the same.
   *
   * @throws IllegalArgumentException if the settings are those of another bundle
   */
  public AnnotateSpeech withEmbedding(UnaryOperator<EmbedSpeech> settings) {
    EmbedSpeech other = settings.apply(embed());
    requireSameBundle("EmbedSpeech", other.bundle());
    return toBuilder().setEmbed(other).build();
  }

  /**
   * Other scoring settings, as in {@code withScoring(score -> score.withTopK(3))}; the bundle stays
   * the same.
   *
   * @throws IllegalArgumentException if the settings are those of another bundle
   */
  public AnnotateSpeech withScoring(UnaryOperator<ScoreEmotions> settings) {
    ScoreEmotions other = settings.apply(score());
    requireSameBundle("ScoreEmotions", other.bundle());
    return toBuilder().setScore(other).build();
  }

  private void requireSameBundle(String stage, BundleRef other) {
    if (!other.equals(bundle())) {
      throw new IllegalArgumentException(
          "%s has the bundle %s, but AnnotateSpeech has %s: change the settings of the %s"
                  .formatted(stage, other, bundle(), stage)
              + " that the function gets, and name another bundle in AnnotateSpeech.with");
    }
  }

  /**
   * Whether recordings are summed up; default true. Each window keeps the sums of its recordings
   * until it ends, some kilobytes each, so leave them out of unbounded input where nobody takes
   * them.
   */
  public AnnotateSpeech withSummaries(boolean summaries) {
    return toBuilder().setSummaries(summaries).build();
  }

  /**
   * Embeds with the newest model that {@code RefreshModel} let pass, and scores each embedding with
   * the labels as its own model embeds them. Replaces the model while the job runs. Default: none.
   */
  public AnnotateSpeech withLiveModel(PCollectionView<Optional<BundleRef>> newest) {
    return toBuilder().setLiveModel(newest).build();
  }

  /** The bundle of {@link #with}, pinned. */
  public BundleRef bundle() {
    return embed().bundle();
  }

  /** Whose statistics standardise the features. */
  public Normalization normalization() {
    NormalizationSpec own = normalizationSpec();
    return own == null ? Normalization.NONE : own.by();
  }

  /** The labels and templates that segments are scored with, unless live ones replace them. */
  public EmotionPrompts prompts() {
    return score().prompts();
  }

  /** How recordings are decoded and cut. */
  DecodeAudio decoding() {
    return decode().withSampleRate(spec().sampleRate());
  }

  private EmbedSpeech embedding() {
    PCollectionView<Optional<BundleRef>> newest = liveModel();
    return newest == null ? embed() : embed().withLiveModel(newest);
  }

  private ScoreEmotions scoring() {
    return embedding().followsLiveModel() ? score().withLiveModel(true) : score();
  }

  /**
   * Gives each failure to Beam's error handler too, as {@link io.gemoclap.failure.ToBadRecords}
   * converts it. It stays in {@link Result#failures}. Default: none.
   */
  public AnnotateSpeech withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return toBuilder().setErrorHandler(handler).build();
  }

  @Override
  public Result expand(PCollection<Recording> recordings) {
    DecodedFeatures decoded =
        DecodedFeatures.of(
            recordings,
            stage -> new DecodeWithStage<>(decoding(), stage),
            ExtractFeatures.of(spec()));
    List<PCollection<Failure>> failures = new ArrayList<>(decoded.failures());
    PCollection<SpeechFeatures> features = decoded.features();
    NormalizationSpec normalization = normalizationSpec();
    if (normalization != null) {
      NormalizeFeatures normalize = NormalizeFeatures.with(normalization);
      ArchiveStatistics archive = archive();
      features =
          features.apply(
              "NormalizeFeatures", archive == null ? normalize : normalize.withArchive(archive));
    }
    PCollection<SpeechEmbedding> embeddings =
        features.apply("EmbedSpeech", embedding()).failuresTo(failures);
    PCollection<EmotionScores> scores =
        embeddings.apply("ScoreEmotions", scoring()).failuresTo(failures);
    PCollection<Failure> failed =
        PCollectionList.of(failures)
            .apply("Failures", Flatten.pCollections())
            .apply("LogFailures", LogFailures.create());
    ErrorHandlers.handle(errorHandler(), failed);
    return new Result(
        recordings.getPipeline(),
        scores,
        summaries()
            ? scores.apply("SummarizeRecordings", SummarizeRecordings.of(decoded.recordings()))
            : null,
        features,
        embeddings,
        decoded.recordings(),
        failed);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(
        DisplayData.item("bundle", bundle().toString()).withLabel("Model bundle and its id"));
    builder.add(
        DisplayData.item("normalize", normalization().toString()).withLabel("Normalised by"));
    ArchiveStatistics archive = archive();
    builder.add(
        DisplayData.item("archive", archive == null ? "of the input" : archive.version())
            .withLabel("Archive statistics"));
    builder.add(DisplayData.item("summaries", summaries()).withLabel("Summaries of recordings"));
    builder.include("decode", decoding());
    builder.include("extract", ExtractFeatures.of(spec()));
    builder.include("embed", embedding());
    builder.include("score", scoring());
  }

  /**
   * Everything that came out.
   *
   * @param pipeline the pipeline
   * @param scores scored segments
   * @param summaries one for each recording and channel; null without {@link #withSummaries}
   * @param features what the segments were embedded from, standardised if the model wants that
   * @param embeddings the segments' unit vectors
   * @param decoded one for each decoded recording: length, codec, notes
   * @param failures one for each recording or segment that could not be annotated
   */
  public record Result(
      Pipeline pipeline,
      PCollection<EmotionScores> scores,
      @Nullable PCollection<RecordingSummary> summaries,
      PCollection<SpeechFeatures> features,
      PCollection<SpeechEmbedding> embeddings,
      PCollection<DecodedRecording> decoded,
      PCollection<Failure> failures)
      implements POutput {
    /** What {@link WriteAnnotations} takes, without features and embeddings. */
    public PCollectionTuple toTuple() {
      PCollectionTuple all =
          PCollectionTuple.of(WriteAnnotations.SCORES, scores)
              .and(WriteAnnotations.DECODED, decoded)
              .and(WriteAnnotations.FAILURES, failures);
      return summaries == null ? all : all.and(WriteAnnotations.RECORDINGS, summaries);
    }

    /** The same with more failures, of items that never came to be recordings or segments. */
    @Internal
    public Result withFailures(PCollection<Failure> more) {
      PCollection<Failure> all =
          PCollectionList.of(failures)
              .and(more.apply("LogMoreFailures", LogFailures.create()))
              .apply("MoreFailures", Flatten.pCollections());
      return new Result(pipeline, scores, summaries, features, embeddings, decoded, all);
    }

    @Override
    public Pipeline getPipeline() {
      return pipeline;
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      return toTuple()
          .and(WriteAnnotations.FEATURES, features)
          .and(WriteAnnotations.EMBEDDINGS, embeddings)
          .expand();
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {}
  }
}
