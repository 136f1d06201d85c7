package io.gemoclap;

import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.DecodedRecording;
import io.gemoclap.audio.Recording;
import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.embed.LocalBundles;
import io.gemoclap.embed.ModelVersion;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.LogFailures;
import io.gemoclap.features.ExtractFeatures;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.Normalization;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.RecordingSummary;
import io.gemoclap.score.ScoreEmotions;
import io.gemoclap.score.SummarizeRecordings;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Recordings in, emotion-tagged segments out: the front door.
 *
 * <pre>{@code
 * AnnotateSpeech.Result result = recordings.apply(AnnotateSpeech.with("bundled"));
 * result.toTuple().apply(WriteAnnotations.to("/data/annotations"));
 * }</pre>
 *
 * <p>Composes the stages with their defaults; {@link #decodingWith}, {@link #normalizedBy}, {@link
 * #embeddingWith} and {@link #scoringWith} replace one. Bounded input, or unbounded input that is
 * windowed or has no summaries ({@link #withSummaries}). Every recording and segment ends in
 * exactly one place: the scores or the failures.
 */
public final class AnnotateSpeech
    extends PTransform<PCollection<Recording>, AnnotateSpeech.Result> {
  private final String bundle;
  private final FeatureSpec spec;
  private final @Nullable NormalizationSpec normalization;
  private final DecodeAudio decode;
  private final EmbedSpeech embed;
  private final ScoreEmotions score;
  private final boolean summaries;

  private AnnotateSpeech(
      String bundle,
      FeatureSpec spec,
      @Nullable NormalizationSpec normalization,
      DecodeAudio decode,
      EmbedSpeech embed,
      ScoreEmotions score,
      boolean summaries) {
    this.bundle = bundle;
    this.spec = spec;
    this.normalization = normalization;
    this.decode = decode;
    this.embed = embed;
    this.score = score;
    this.summaries = summaries;
  }

  /**
   * Annotates with a bundle, whose manifest is read here. Features are standardised as they were
   * for its training.
   *
   * @param bundle URI of a bundle on any Beam file system, or {@link LocalBundles#BUNDLED}
   * @throws IOException when the bundle is missing, of an unknown version, or at odds with itself
   */
  public static AnnotateSpeech with(String bundle) throws IOException {
    ModelManifest manifest = LocalBundles.manifest(bundle);
    FeatureSpec spec = manifest.featureSpec();
    NormalizationSpec normalization = manifest.normalization();
    int columns = spec.extractor().dims();
    if (normalization != null && normalization.dims() != columns) {
      throw new IOException(
          "Bundle '%s' cannot be used: its features have %s columns, its normalisation %s"
              .formatted(bundle, columns, normalization.dims()));
    }
    return new AnnotateSpeech(
        bundle,
        spec,
        normalization,
        DecodeAudio.recordings().withSampleRate(spec.sampleRate()),
        EmbedSpeech.with(bundle),
        ScoreEmotions.with(bundle),
        true);
  }

  /** Other decoding settings; the sampling rate stays the model's. */
  public AnnotateSpeech decodingWith(DecodeAudio decode) {
    return new AnnotateSpeech(
        bundle,
        spec,
        normalization,
        decode.withSampleRate(spec.sampleRate()),
        embed,
        score,
        summaries);
  }

  /**
   * Standardises features otherwise than the bundle says: by recording and channel, or by the
   * metadata {@code speaker}. {@code NONE} collects no statistics: a model that was trained on
   * standardised features then gets them measured by its corpus alone.
   *
   * @throws IllegalArgumentException if statistics are asked for, but the bundle was trained
   *     without
   */
  public AnnotateSpeech normalizedBy(Normalization by) {
    if (normalization == null && by != Normalization.NONE) {
      throw new IllegalArgumentException(
          ("Bundle '%s' was trained without normalisation and holds no statistics of its corpus to"
                  + " start from; train a model with --normalize=%s, or annotate with"
                  + " --normalize=none")
              .formatted(bundle, by));
    }
    NormalizationSpec other = normalization == null ? null : normalization.groupedBy(by);
    return new AnnotateSpeech(bundle, spec, other, decode, embed, score, summaries);
  }

  /** Whose statistics standardise the features. */
  public Normalization normalization() {
    return normalization == null ? Normalization.NONE : normalization.by();
  }

  /** Other embedding settings, of the same bundle. */
  public AnnotateSpeech embeddingWith(EmbedSpeech embed) {
    return new AnnotateSpeech(bundle, spec, normalization, decode, embed, score, summaries);
  }

  /** Other scoring settings, of the same bundle. */
  public AnnotateSpeech scoringWith(ScoreEmotions score) {
    return new AnnotateSpeech(bundle, spec, normalization, decode, embed, score, summaries);
  }

  /**
   * Whether recordings are summed up; default true. Each window keeps the sums of its recordings
   * until it ends, some kilobytes each, so leave them out of unbounded input where nobody takes
   * them.
   */
  public AnnotateSpeech withSummaries(boolean summaries) {
    return new AnnotateSpeech(bundle, spec, normalization, decode, embed, score, summaries);
  }

  /**
   * Embeds with the newest model that {@code RefreshModel} let pass, and scores each embedding with
   * the labels as its own model embeds them. Replaces the bundle while the job runs; to be asked
   * for after {@link #embeddingWith} and {@link #scoringWith}. Default: none.
   */
  public AnnotateSpeech withLiveModel(PCollectionView<Optional<ModelVersion>> newest) {
    return embeddingWith(embed.withLiveModel(newest)).scoringWith(score.withLiveModel(true));
  }

  @Override
  public Result expand(PCollection<Recording> recordings) {
    List<PCollection<Failure>> failures = new ArrayList<>();
    DecodeAudio.Result audio = recordings.apply("DecodeAudio", decode);
    failures.add(audio.failures());
    PCollection<SpeechFeatures> features =
        audio.segments().apply("ExtractFeatures", ExtractFeatures.of(spec)).failuresTo(failures);
    if (normalization != null) {
      features = features.apply("NormalizeFeatures", NormalizeFeatures.with(normalization));
    }
    PCollection<SpeechEmbedding> embeddings =
        features.apply("EmbedSpeech", embed).failuresTo(failures);
    PCollection<EmotionScores> scores =
        embeddings.apply("ScoreEmotions", score).failuresTo(failures);
    return new Result(
        recordings.getPipeline(),
        scores,
        summaries
            ? scores.apply("SummarizeRecordings", SummarizeRecordings.of(audio.recordings()))
            : null,
        embeddings,
        audio.recordings(),
        PCollectionList.of(failures)
            .apply("Failures", Flatten.pCollections())
            .apply("LogFailures", LogFailures.create()));
  }

  /**
   * Everything that came out.
   *
   * @param pipeline the pipeline
   * @param scores scored segments
   * @param summaries one for each recording and channel; null without {@link #withSummaries}
   * @param embeddings the segments' unit vectors
   * @param recordings what each recording turned out to be
   * @param failures one for each recording or segment that could not be annotated
   */
  public record Result(
      Pipeline pipeline,
      PCollection<EmotionScores> scores,
      @Nullable PCollection<RecordingSummary> summaries,
      PCollection<SpeechEmbedding> embeddings,
      PCollection<DecodedRecording> recordings,
      PCollection<Failure> failures)
      implements POutput {
    /** What {@link WriteAnnotations} takes, without the embeddings. */
    public PCollectionTuple toTuple() {
      PCollectionTuple all =
          PCollectionTuple.of(WriteAnnotations.SCORES, scores)
              .and(WriteAnnotations.RECORDINGS, recordings)
              .and(WriteAnnotations.FAILURES, failures);
      return summaries == null ? all : all.and(WriteAnnotations.SUMMARIES, summaries);
    }

    @Override
    public Pipeline getPipeline() {
      return pipeline;
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      return toTuple().and(WriteAnnotations.EMBEDDINGS, embeddings).expand();
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {}
  }
}
