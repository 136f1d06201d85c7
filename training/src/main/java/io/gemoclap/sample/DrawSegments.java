package io.gemoclap.sample;

import io.gemoclap.score.EmotionScores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the segments that a sample may have, as one {@link Draw} in JSON. A worker keeps no more
 * segments than the plan names, however many there are.
 */
public final class DrawSegments
    extends PTransform<PCollection<EmotionScores>, PCollection<String>> {
  private final DrawPlan plan;

  private DrawSegments(DrawPlan plan) {
    this.plan = plan;
  }

  /** Draws by a plan. */
  public static DrawSegments by(DrawPlan plan) {
    return new DrawSegments(plan);
  }

  @Override
  public PCollection<String> expand(PCollection<EmotionScores> scores) {
    DrawPlan planned = plan;
    return scores
        .apply("Keep", ParDo.of(new KeepFn(planned)))
        .setCoder(SerializableCoder.of(Kept.class))
        .apply("Merge", Combine.globally(all -> merged(planned, all)))
        .apply("ToJson", MapElements.into(TypeDescriptors.strings()).via(k -> Json.text(k.draw())));
  }

  private static Kept merged(DrawPlan plan, Iterable<Kept> all) {
    Kept merged = new Kept(plan);
    all.forEach(merged::add);
    return merged;
  }

  /** What a worker has kept so far. */
  private static final class Kept implements Serializable {
    private static final long serialVersionUID = 1L;
    private final List<Least> strata = new ArrayList<>();
    private final Least uncertain;
    private final Least pool;

    Kept(DrawPlan plan) {
      plan.strata().list().forEach(stratum -> strata.add(Least.byChance(stratum.sample())));
      uncertain = Least.byConfidence(plan.uncertain());
      pool = Least.byChance(plan.pool());
    }

    void add(Candidate candidate, DrawPlan plan) {
      if (!strata.isEmpty()) {
        strata.get(plan.strata().index(candidate.group())).add(candidate);
      }
      uncertain.add(candidate);
      pool.add(candidate);
    }

    void add(Kept other) {
      for (int h = 0; h < strata.size(); h++) {
        strata.get(h).addAll(other.strata.get(h));
      }
      uncertain.addAll(other.uncertain);
      pool.addAll(other.pool);
    }

    Draw draw() {
      return new Draw(strata.stream().map(Least::list).toList(), uncertain.list(), pool.list());
    }
  }

  private static final class KeepFn extends DoFn<EmotionScores, Kept> {
    private final DrawPlan plan;
    private transient @Nullable Kept kept;

    KeepFn(DrawPlan plan) {
      this.plan = plan;
    }

    @ProcessElement
    public void process(@Element EmotionScores scores) {
      if (kept == null) {
        kept = new Kept(plan);
      }
      kept.add(Candidate.of(scores, plan.grouping(), plan.seed()), plan);
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      if (kept != null) {
        context.output(kept, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
        kept = null;
      }
    }
  }
}
