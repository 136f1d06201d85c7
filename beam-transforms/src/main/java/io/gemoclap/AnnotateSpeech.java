package io.gemoclap;

import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.DecodedRecording;
import io.gemoclap.audio.Recording;
import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.embed.LocalBundles;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.features.ExtractFeatures;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.RecordingSummary;
import io.gemoclap.score.ScoreEmotions;
import io.gemoclap.score.SummarizeRecordings;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
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
 * <p>Composes the stages with their defaults; {@link #decodingWith}, {@link #embeddingWith} and
 * {@link #scoringWith} replace one. Bounded input, or unbounded input that is windowed. Every
 * recording and segment ends in exactly one place: the scores or the failures.
 */
public final class AnnotateSpeech
    extends PTransform<PCollection<Recording>, AnnotateSpeech.Result> {
  private final FeatureSpec spec;
  private final DecodeAudio decode;
  private final EmbedSpeech embed;
  private final ScoreEmotions score;

  private AnnotateSpeech(
      FeatureSpec spec, DecodeAudio decode, EmbedSpeech embed, ScoreEmotions score) {
    this.spec = spec;
    this.decode = decode;
    this.embed = embed;
    this.score = score;
  }

  /**
   * Annotates with a bundle, whose manifest is read here.
   *
   * @param bundle URI of a bundle on any Beam file system, or {@link LocalBundles#BUNDLED}
   * @throws IOException when the bundle is missing or of an unknown version
   */
  public static AnnotateSpeech with(String bundle) throws IOException {
    FeatureSpec spec = LocalBundles.manifest(bundle).featureSpec();
    return new AnnotateSpeech(
        spec,
        DecodeAudio.recordings().withSampleRate(spec.sampleRate()),
        EmbedSpeech.with(bundle),
        ScoreEmotions.with(bundle));
  }

  /** Other decoding settings; the sampling rate stays the model's. */
  public AnnotateSpeech decodingWith(DecodeAudio decode) {
    return new AnnotateSpeech(spec, decode.withSampleRate(spec.sampleRate()), embed, score);
  }

  /** Other embedding settings, of the same bundle. */
  public AnnotateSpeech embeddingWith(EmbedSpeech embed) {
    return new AnnotateSpeech(spec, decode, embed, score);
  }

  /** Other scoring settings, of the same bundle. */
  public AnnotateSpeech scoringWith(ScoreEmotions score) {
    return new AnnotateSpeech(spec, decode, embed, score);
  }

  @Override
  public Result expand(PCollection<Recording> recordings) {
    List<PCollection<Failure>> failures = new ArrayList<>();
    DecodeAudio.Result audio = recordings.apply("DecodeAudio", decode);
    failures.add(audio.failures());
    PCollection<SpeechEmbedding> embeddings =
        audio
            .segments()
            .apply("ExtractFeatures", ExtractFeatures.of(spec))
            .failuresTo(failures)
            .apply("EmbedSpeech", embed)
            .failuresTo(failures);
    PCollection<EmotionScores> scores =
        embeddings.apply("ScoreEmotions", score).failuresTo(failures);
    return new Result(
        recordings.getPipeline(),
        scores,
        scores.apply("SummarizeRecordings", SummarizeRecordings.of(audio.recordings())),
        embeddings,
        audio.recordings(),
        PCollectionList.of(failures).apply("Failures", Flatten.pCollections()));
  }

  /**
   * Everything that came out.
   *
   * @param pipeline the pipeline
   * @param scores scored segments
   * @param summaries one for each recording and channel
   * @param embeddings the segments' unit vectors
   * @param recordings what each recording turned out to be
   * @param failures one for each recording or segment that could not be annotated
   */
  public record Result(
      Pipeline pipeline,
      PCollection<EmotionScores> scores,
      PCollection<RecordingSummary> summaries,
      PCollection<SpeechEmbedding> embeddings,
      PCollection<DecodedRecording> recordings,
      PCollection<Failure> failures)
      implements POutput {
    /** What {@link WriteAnnotations} takes, without the embeddings. */
    public PCollectionTuple toTuple() {
      return PCollectionTuple.of(WriteAnnotations.SCORES, scores)
          .and(WriteAnnotations.SUMMARIES, summaries)
          .and(WriteAnnotations.RECORDINGS, recordings)
          .and(WriteAnnotations.FAILURES, failures);
    }

    @Override
    public Pipeline getPipeline() {
      return pipeline;
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      return Map.of(
          WriteAnnotations.SCORES,
          scores,
          WriteAnnotations.SUMMARIES,
          summaries,
          WriteAnnotations.EMBEDDINGS,
          embeddings,
          WriteAnnotations.RECORDINGS,
          recordings,
          WriteAnnotations.FAILURES,
          failures);
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {}
  }
}
