package io.gemoclap.score;

import io.gemoclap.audio.DecodedRecording;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Sums up each recording and channel by the duration-weighted mean of its segments' probabilities,
 * each label set and model on its own where they change while a job runs.
 *
 * <p>Groups by recording within each window, so unbounded input must be windowed. Each channel of a
 * decoded recording has a summary, also without any segment. A worker holds the sums of a 64th of
 * the recordings. Scores that were cut to the top k are averaged with zero for what was cut.
 */
public final class SummarizeRecordings
    extends PTransform<PCollection<EmotionScores>, PCollection<RecordingSummary>> {
  private static final int BUCKETS = 64;

  private final transient PCollection<DecodedRecording> recordings;

  private SummarizeRecordings(PCollection<DecodedRecording> recordings) {
    this.recordings = recordings;
  }

  /** Joins lengths, truncation and notes of the decoded recordings. */
  public static SummarizeRecordings of(PCollection<DecodedRecording> recordings) {
    return new SummarizeRecordings(recordings);
  }

  @Override
  public PCollection<RecordingSummary> expand(PCollection<EmotionScores> scores) {
    RecordingSumsCoder coder = new RecordingSumsCoder();
    TypeDescriptor<RecordingSums> type = TypeDescriptor.of(RecordingSums.class);
    PCollection<RecordingSums> ofScores =
        scores.apply("SumScores", MapElements.into(type).via(RecordingSums::of)).setCoder(coder);
    PCollection<RecordingSums> ofRecordings =
        recordings
            .apply("SumRecordings", MapElements.into(type).via(RecordingSums::decoded))
            .setCoder(coder);
    return PCollectionList.of(ofScores)
        .and(ofRecordings)
        .apply("Together", Flatten.pCollections())
        .apply(
            "Key",
            WithKeys.of((RecordingSums sums) -> Math.floorMod(sums.recording().hashCode(), BUCKETS))
                .withKeyType(TypeDescriptors.integers()))
        .apply("Sum", Combine.perKey(new SumFn()))
        .apply("Summarize", ParDo.of(new SummarizeFn()));
  }

  /** Adds up the sums of the recordings of one bucket, so that segments need not be kept. */
  static final class SumFn
      extends Combine.CombineFn<
          RecordingSums, Map<String, RecordingSums>, Map<String, RecordingSums>> {
    @Override
    public Map<String, RecordingSums> createAccumulator() {
      return new HashMap<>();
    }

    @Override
    public Map<String, RecordingSums> addInput(
        Map<String, RecordingSums> bucket, RecordingSums input) {
      bucket.computeIfAbsent(input.recording(), RecordingSums::new).add(input);
      return bucket;
    }

    @Override
    public Map<String, RecordingSums> mergeAccumulators(
        Iterable<Map<String, RecordingSums>> buckets) {
      Map<String, RecordingSums> merged = createAccumulator();
      buckets.forEach(bucket -> bucket.values().forEach(sums -> addInput(merged, sums)));
      return merged;
    }

    @Override
    public Map<String, RecordingSums> extractOutput(Map<String, RecordingSums> bucket) {
      return bucket;
    }

    @Override
    public Coder<Map<String, RecordingSums>> getAccumulatorCoder(
        CoderRegistry registry, Coder<RecordingSums> inputCoder) {
      return MapCoder.of(StringUtf8Coder.of(), inputCoder);
    }

    @Override
    public Coder<Map<String, RecordingSums>> getDefaultOutputCoder(
        CoderRegistry registry, Coder<RecordingSums> inputCoder) {
      return getAccumulatorCoder(registry, inputCoder);
    }
  }

  static final class SummarizeFn
      extends DoFn<KV<Integer, Map<String, RecordingSums>>, RecordingSummary> {
    @ProcessElement
    public void process(
        @Element KV<Integer, Map<String, RecordingSums>> bucket,
        OutputReceiver<RecordingSummary> out) {
      new TreeMap<>(bucket.getValue())
          .values()
          .forEach(sums -> sums.summaries().forEach(out::output));
    }
  }
}
