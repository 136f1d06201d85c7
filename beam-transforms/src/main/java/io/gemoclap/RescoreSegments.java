package io.gemoclap;

import com.google.common.collect.ImmutableList;
import io.gemoclap.audio.DecodedRecording;
import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.SecretMask;
import io.gemoclap.read.ReadEmbeddings;
import io.gemoclap.read.ReadFailures;
import io.gemoclap.read.ReadFeatures;
import io.gemoclap.read.ReadSummaries;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.RecordingSummary;
import io.gemoclap.score.ScoreEmotions;
import io.gemoclap.score.SummarizeRecordings;
import io.gemoclap.write.WriteAnnotations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * Scores the segments of a folder of results again, from stored embeddings, or from stored features
 * with another audio tower. Its output is what {@link WriteAnnotations} takes.
 *
 * <p>Every segment of the folder ends in exactly one place again. Failures of earlier stages are
 * copied. Those of the stages that run again are not, because these decide anew.
 *
 * @hidden
 */
@Internal
public final class RescoreSegments extends PTransform<PBegin, PCollectionTuple> {
  private static final String SCORING = "ScoreEmotions";
  private static final String EMBEDDING = "EmbedSpeech";

  private final String results;
  private final @Nullable EmbedSpeech embed;
  private final ScoreEmotions score;
  private final boolean keep;

  private RescoreSegments(
      String results, @Nullable EmbedSpeech embed, ScoreEmotions score, boolean keep) {
    this.results = results;
    this.embed = embed;
    this.score = score;
    this.keep = keep;
  }

  /** From {@code embeddings-*.parquet}, which the bundle of {@code score} must have made. */
  public static RescoreSegments ofEmbeddings(String results, ScoreEmotions score) {
    return new RescoreSegments(results, null, score, false);
  }

  /**
   * From {@code features-*.parquet}, which the bundle must be able to take.
   *
   * @param keep whether the embeddings are written
   */
  public static RescoreSegments ofFeatures(
      String results, EmbedSpeech embed, ScoreEmotions score, boolean keep) {
    return new RescoreSegments(results, embed, score, keep);
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    List<PCollection<Failure>> failures = new ArrayList<>();
    Set<String> again = embed == null ? Set.of(SCORING) : Set.of(SCORING, EMBEDDING);
    failures.add(
        begin
            .apply("ReadFailures", ReadFailures.from(results))
            .apply("OfEarlierStages", Filter.by(failure -> !again.contains(failure.getStage()))));
    PCollection<SpeechEmbedding> embeddings =
        embed == null
            ? begin.apply("ReadEmbeddings", ReadEmbeddings.from(results))
            : begin
                .apply("ReadFeatures", ReadFeatures.from(results))
                .apply(EMBEDDING, embed)
                .failuresTo(failures);
    PCollection<EmotionScores> scores = embeddings.apply(SCORING, score).failuresTo(failures);
    PCollection<DecodedRecording> recordings =
        begin
            .apply("ReadSummaries", ReadSummaries.from(results))
            .apply("DecodedToTheEnd", Filter.by(RescoreSegments::isDecoded))
            .apply(
                "ByRecording",
                WithKeys.of(RecordingSummary::getRecording).withKeyType(TypeDescriptors.strings()))
            .apply("LastChannel", Combine.perKey(RescoreSegments::lastChannel))
            .apply("Summaries", Values.create())
            .apply(
                "Recordings",
                MapElements.into(TypeDescriptor.of(DecodedRecording.class))
                    .via(RescoreSegments::recording));
    PCollectionTuple rows =
        PCollectionTuple.of(WriteAnnotations.SCORES, scores)
            .and(
                WriteAnnotations.RECORDINGS,
                scores.apply("SummarizeRecordings", SummarizeRecordings.of(recordings)))
            .and(WriteAnnotations.DECODED, recordings)
            .and(
                WriteAnnotations.FAILURES,
                PCollectionList.of(failures).apply("Failures", Flatten.pCollections()));
    return keep ? rows.and(WriteAnnotations.EMBEDDINGS, embeddings) : rows;
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("results", SecretMask.of(results)).withLabel("Folder of results"));
    if (embed != null) {
      builder.include("embed", embed);
    }
    builder.include("score", score);
  }

  /** A recording that failed halfway has segments, but its length is not known. */
  private static boolean isDecoded(RecordingSummary summary) {
    return !(summary.getTruncated() && summary.getRecordingSeconds() == 0);
  }

  private static RecordingSummary lastChannel(Iterable<RecordingSummary> summaries) {
    return Collections.max(
        ImmutableList.copyOf(summaries), Comparator.comparingInt(RecordingSummary::getChannel));
  }

  /** What summaries take of a recording; the rest of it is not in the results. */
  private static DecodedRecording recording(RecordingSummary last) {
    return DecodedRecording.builder()
        .setRecording(last.getRecording())
        .setContainer("")
        .setCodec("")
        .setSourceRate(0)
        .setChannels(0)
        .setSeconds(last.getRecordingSeconds())
        .setTruncated(last.getTruncated())
        .setBadPackets(0)
        .setNonFiniteSamples(0)
        .setSegments(0)
        .setMetadata(Map.of())
        .setOutputChannels(last.getChannel() + 1)
        .setNotes(last.getNotes())
        .build();
  }
}
