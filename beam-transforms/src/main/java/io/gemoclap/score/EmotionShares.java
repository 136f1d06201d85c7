package io.gemoclap.score;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;

/**
 * Shares of the emotions by key, over sliding windows of event time: how each caller, channel or
 * programme sounded in the last ten minutes, every minute.
 *
 * <p>The key is a field of the metadata; segments without it count under the empty key. A window
 * gives its shares when the watermark passes its end, and again, complete, with each segment that
 * comes later but within the allowed lateness; what comes later still is dropped, and counted by
 * the runner. State is a few numbers for each key, label set and open window; no segment is kept.
 */
@AutoValue
public abstract class EmotionShares
    extends PTransform<PCollection<EmotionScores>, PCollection<EmotionShare>> {

  EmotionShares() {}

  abstract String field();

  abstract Duration size();

  abstract Duration period();

  abstract Duration allowedLateness();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setField(String field);

    abstract Builder setSize(Duration size);

    abstract Builder setPeriod(Duration period);

    abstract Builder setAllowedLateness(Duration allowedLateness);

    abstract EmotionShares build();
  }

  /** Groups by a field of the metadata; windows of ten minutes every minute, an hour's lateness. */
  public static EmotionShares by(String metadataField) {
    return new AutoValue_EmotionShares.Builder()
        .setField(metadataField)
        .setSize(Duration.standardMinutes(10))
        .setPeriod(Duration.standardMinutes(1))
        .setAllowedLateness(Duration.standardHours(1))
        .build();
  }

  /** Length of a window, and from start to start; both positive. Default: 10 and 1 minutes. */
  public EmotionShares withWindows(Duration size, Duration period) {
    checkArgument(
        size.getMillis() > 0 && period.getMillis() > 0,
        "size is %s and period is %s, but both must be positive",
        size,
        period);
    return toBuilder().setSize(size).setPeriod(period).build();
  }

  /** How late a segment may come and still be counted, 0 or more; default one hour. */
  public EmotionShares withAllowedLateness(Duration allowedLateness) {
    checkArgument(
        allowedLateness.getMillis() >= 0,
        "allowedLateness is %s, but must not be negative",
        allowedLateness);
    return toBuilder().setAllowedLateness(allowedLateness).build();
  }

  @Override
  public PCollection<EmotionShare> expand(PCollection<EmotionScores> scores) {
    String name = field();
    return scores
        .apply(
            "Slide",
            Window.<EmotionScores>into(SlidingWindows.of(size()).every(period()))
                .triggering(
                    AfterWatermark.pastEndOfWindow()
                        .withLateFirings(AfterPane.elementCountAtLeast(1)))
                .withAllowedLateness(allowedLateness())
                .accumulatingFiredPanes())
        .apply(
            "Key",
            WithKeys.of(
                    (EmotionScores s) ->
                        KV.of(s.getMetadata().getOrDefault(name, ""), s.getLabelSet()))
                .withKeyType(
                    TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.strings())))
        .setCoder(
            KvCoder.of(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()), scores.getCoder()))
        .apply("Sum", Combine.perKey(new SumFn()))
        .apply("Shares", ParDo.of(new ShareFn()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("field", field()).withLabel("Metadata field of the key"));
    builder.add(DisplayData.item("size", size()));
    builder.add(DisplayData.item("period", period()));
    builder.add(DisplayData.item("allowedLateness", allowedLateness()));
  }

  /** Weighted probabilities of some segments, in label order. */
  static final class Sums implements Serializable {
    private static final long serialVersionUID = 1L;
    final LinkedHashMap<String, Double> labels = new LinkedHashMap<>();
    long segments;
    double seconds;

    private Sums add(EmotionScores scores) {
      double weight = scores.getEndSeconds() - scores.getStartSeconds();
      scores
          .getScores()
          .forEach(s -> labels.merge(s.getLabel(), weight * s.getProbability(), Double::sum));
      segments++;
      seconds += weight;
      return this;
    }

    private Sums add(Sums other) {
      other.labels.forEach((label, sum) -> labels.merge(label, sum, Double::sum));
      segments += other.segments;
      seconds += other.seconds;
      return this;
    }
  }

  static final class SumFn extends Combine.CombineFn<EmotionScores, Sums, Sums> {
    @Override
    public Sums createAccumulator() {
      return new Sums();
    }

    @Override
    public Sums addInput(Sums sums, EmotionScores scores) {
      return sums.add(scores);
    }

    @Override
    public Sums mergeAccumulators(Iterable<Sums> all) {
      Sums merged = new Sums();
      all.forEach(merged::add);
      return merged;
    }

    @Override
    public Sums extractOutput(Sums sums) {
      return sums;
    }
  }

  private static final class ShareFn extends DoFn<KV<KV<String, String>, Sums>, EmotionShare> {
    @ProcessElement
    public void process(
        @Element KV<KV<String, String>, Sums> element,
        IntervalWindow window,
        OutputReceiver<EmotionShare> out) {
      Sums sums = element.getValue();
      List<LabelScore> shares =
          sums.labels.entrySet().stream()
              .map(
                  (Map.Entry<String, Double> e) ->
                      LabelScore.of(e.getKey(), e.getValue() / sums.seconds))
              .toList();
      out.output(
          EmotionShare.create(
              element.getKey().getKey(),
              window.start(),
              window.end(),
              element.getKey().getValue(),
              sums.segments,
              sums.seconds,
              shares));
    }
  }
}
