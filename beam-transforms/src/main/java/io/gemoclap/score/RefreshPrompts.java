package io.gemoclap.score;

import io.gemoclap.bundle.BundleRef;
import io.gemoclap.failure.ErrorHandlers;
import io.gemoclap.refresh.Refresh;
import io.gemoclap.refresh.Refreshed;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

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
  private final @Nullable ErrorHandler<BadRecord, ?> errorHandler;

  private RefreshPrompts(BundleRef bundle, @Nullable ErrorHandler<BadRecord, ?> errorHandler) {
    this.bundle = bundle;
    this.errorHandler = errorHandler;
  }

  /** Tries label sets with this bundle. */
  public static RefreshPrompts with(BundleRef bundle) {
    return new RefreshPrompts(bundle, null);
  }

  /**
   * Gives each failure to Beam's error handler too, as {@link io.gemoclap.failure.ToBadRecords}
   * converts it. It stays in {@link Refreshed#failures}. Default: none.
   */
  public RefreshPrompts withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return new RefreshPrompts(bundle, handler);
  }

  @Override
  public Refreshed<EmotionPrompts> expand(PCollection<String> json) {
    BundleRef model = bundle;
    Refreshed<EmotionPrompts> prompted =
        json.apply(
            "Refresh",
            Refresh.of(
                "RefreshPrompts",
                EmotionPrompts.class,
                text -> {
                  EmotionPrompts prompts = EmotionPrompts.parse(text);
                  EmotionClassifier unused = EmotionClassifier.of(model, prompts);
                  return prompts;
                }));
    ErrorHandlers.handle(errorHandler, prompted.failures());
    return prompted;
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("bundle", bundle.toString()).withLabel("Model bundle and its id"));
  }
}
