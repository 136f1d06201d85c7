package io.gemoclap.score;

import io.gemoclap.bundle.BundleRef;
import io.gemoclap.refresh.Refresh;
import io.gemoclap.refresh.Refreshed;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;

/**
 * Label sets that arrive while a job runs, as JSON that {@link EmotionPrompts#parse} reads: the
 * newest good one is what {@link ScoreEmotions#withLivePrompts} scores with.
 *
 * <p>A label set is tried first: read, checked, and embedded once by the model. One that fails
 * becomes one failure of kind {@code REFUSED}, and the last good one stays. Newest is by event
 * time. For unbounded input in any windows. Segments in flight may still be scored with the set
 * before: every result names its own.
 */
public final class RefreshPrompts
    extends PTransform<PCollection<String>, Refreshed<EmotionPrompts>> {
  private final BundleRef bundle;

  private RefreshPrompts(BundleRef bundle) {
    this.bundle = bundle;
  }

  /** Tries label sets with this bundle. */
  public static RefreshPrompts with(BundleRef bundle) {
    return new RefreshPrompts(bundle);
  }

  @Override
  public Refreshed<EmotionPrompts> expand(PCollection<String> json) {
    BundleRef model = bundle;
    return json.apply(
        "Refresh",
        Refresh.of(
            "RefreshPrompts",
            EmotionPrompts.class,
            text -> {
              EmotionPrompts prompts = EmotionPrompts.parse(text);
              EmotionClassifier unused = EmotionClassifier.of(model, prompts);
              return prompts;
            }));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("bundle", bundle.toString()).withLabel("Model bundle and its id"));
  }
}
