package io.gemoclap.score;

import io.gemoclap.audio.DecodedRecording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Sums up each recording and channel by the duration-weighted mean of its segments' probabilities.
 *
 * <p>Groups by recording within each window, so unbounded input must be windowed. A recording
 * without any segment gets one summary with none. A worker holds the sums of a 64th of the
 * recordings. Scores that were cut to the top k are averaged with zero for what was cut.
 */
public final class SummarizeRecordings
    extends PTransform<PCollection<EmotionScores>, PCollection<RecordingSummary>> {
  private static final int BUCKETS = 64;
  private static final TupleTag<EmotionScores> SCORES = new TupleTag<>() {};
  private static final TupleTag<DecodedRecording> RECORDINGS = new TupleTag<>() {};

  private final transient PCollection<DecodedRecording> recordings;

  private SummarizeRecordings(PCollection<DecodedRecording> recordings) {
    this.recordings = recordings;
  }

  /** Joins lengths and truncation of the decoded recordings. */
  public static SummarizeRecordings of(PCollection<DecodedRecording> recordings) {
    return new SummarizeRecordings(recordings);
  }

  @Override
  public PCollection<RecordingSummary> expand(PCollection<EmotionScores> scores) {
    return KeyedPCollectionTuple.of(
            SCORES,
            scores.apply(
                "KeyScores",
                WithKeys.of((EmotionScores score) -> bucket(score.getRecording()))
                    .withKeyType(TypeDescriptors.integers())))
        .and(
            RECORDINGS,
            recordings.apply(
                "KeyRecordings",
                WithKeys.of((DecodedRecording recording) -> bucket(recording.getRecording()))
                    .withKeyType(TypeDescriptors.integers())))
        .apply("Join", CoGroupByKey.create())
        .apply("Summarize", ParDo.of(new SummarizeFn()));
  }

  /** Groups of recordings, so that a runner does not pay a bundle for each recording. */
  private static int bucket(String recording) {
    return Math.floorMod(recording.hashCode(), BUCKETS);
  }

  /** Sums over the segments of one channel. */
  private static final class Sums {
    private final Map<String, Double> emotions = new java.util.LinkedHashMap<>();
    private final Map<String, Double> genders = new java.util.LinkedHashMap<>();
    private double seconds;
    private int segments;

    void add(EmotionScores score) {
      double duration = score.getEndSeconds() - score.getStartSeconds();
      seconds += duration;
      segments++;
      score
          .getScores()
          .forEach(s -> emotions.merge(s.getLabel(), duration * s.getProbability(), Double::sum));
      score
          .getGenderScores()
          .forEach(s -> genders.merge(s.getLabel(), duration * s.getProbability(), Double::sum));
    }

    static List<LabelScore> means(Map<String, Double> sums, double seconds) {
      List<LabelScore> means = new ArrayList<>();
      sums.forEach((label, sum) -> means.add(LabelScore.of(label, sum / seconds)));
      return means;
    }

    static String top(Map<String, Double> sums) {
      return sums.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .orElse("");
    }
  }

  static final class SummarizeFn extends DoFn<KV<Integer, CoGbkResult>, RecordingSummary> {
    @ProcessElement
    public void process(
        @Element KV<Integer, CoGbkResult> joined, OutputReceiver<RecordingSummary> out) {
      Map<String, Map<Integer, Sums>> sums = new TreeMap<>();
      for (EmotionScores score : joined.getValue().getAll(SCORES)) {
        sums.computeIfAbsent(score.getRecording(), recording -> new TreeMap<>())
            .computeIfAbsent(score.getChannel(), channel -> new Sums())
            .add(score);
      }
      Map<String, DecodedRecording> decoded = new TreeMap<>();
      for (DecodedRecording recording : joined.getValue().getAll(RECORDINGS)) {
        decoded.put(recording.getRecording(), recording);
        sums.computeIfAbsent(recording.getRecording(), id -> new TreeMap<>(Map.of(0, new Sums())));
      }
      sums.forEach(
          (recording, channels) ->
              channels.forEach(
                  (channel, sum) ->
                      out.output(summary(recording, channel, sum, decoded.get(recording)))));
    }

    /** A recording that failed half-way has scores but was never decoded to its end. */
    private static RecordingSummary summary(
        String recording, int channel, Sums sums, @Nullable DecodedRecording decoded) {
      return RecordingSummary.create(
          recording,
          channel,
          sums.segments,
          sums.seconds,
          decoded == null ? 0 : decoded.getSeconds(),
          decoded == null || decoded.getTruncated(),
          Sums.top(sums.emotions),
          Sums.means(sums.emotions, sums.seconds),
          Sums.top(sums.genders),
          Sums.means(sums.genders, sums.seconds));
    }
  }
}
