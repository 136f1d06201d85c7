package io.gemoclap.sample;

import io.gemoclap.sample.Counted.Kind;
import io.gemoclap.score.EmotionScores;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Counts the segments of each group, metadata column, model and label set: {@link Counted}s. */
public final class CountSegments
    extends PTransform<PCollection<EmotionScores>, PCollection<String>> {
  private final Grouping grouping;

  private CountSegments(Grouping grouping) {
    this.grouping = grouping;
  }

  /** Counts by a grouping. */
  public static CountSegments by(Grouping grouping) {
    return new CountSegments(grouping);
  }

  @Override
  public PCollection<String> expand(PCollection<EmotionScores> scores) {
    return scores
        .apply("Count", ParDo.of(new CountFn(grouping)))
        .setCoder(
            KvCoder.of(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()), VarLongCoder.of()))
        .apply("Sum", Sum.longsPerKey())
        .apply(
            "ToJson",
            MapElements.into(TypeDescriptors.strings())
                .via(
                    count ->
                        Json.text(
                            new Counted(
                                Kind.valueOf(count.getKey().getKey()),
                                count.getKey().getValue(),
                                count.getValue()))));
  }

  /** Counts in memory before anything is sent on. */
  private static final class CountFn extends DoFn<EmotionScores, KV<KV<String, String>, Long>> {
    /** More different names than this are sent on at once. */
    private static final int MOST = 50_000;

    private final Grouping grouping;
    private transient Map<KV<String, String>, Long> counts;

    CountFn(Grouping grouping) {
      this.grouping = grouping;
    }

    @StartBundle
    public void start() {
      counts = new HashMap<>();
    }

    @ProcessElement
    public void process(
        @Element EmotionScores scores, OutputReceiver<KV<KV<String, String>, Long>> out) {
      count(Kind.GROUP, grouping.of(scores));
      count(Kind.MODEL, scores.getModelId());
      count(Kind.LABEL_SET, scores.getLabelSet());
      scores.getMetadata().keySet().forEach(column -> count(Kind.COLUMN, column));
      if (counts.size() > MOST) {
        counts.forEach((name, count) -> out.output(KV.of(name, count)));
        counts.clear();
      }
    }

    private void count(Kind kind, String name) {
      counts.merge(KV.of(kind.name(), name), 1L, Long::sum);
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      counts.forEach(
          (name, count) ->
              context.output(
                  KV.of(name, count), BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE));
    }
  }
}
