package io.gemoclap.embed;

import com.google.auto.value.AutoValue;
import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.failure.ErrorHandlers;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.SharedModels;
import io.gemoclap.refresh.Refresh;
import io.gemoclap.refresh.Refreshed;
import io.gemoclap.refresh.StrictJson;
import io.gemoclap.refresh.UpdateParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Models that arrive while a job runs, as <code>{"model": "s3://models/newer"}</code>: the newest
 * good one is what {@link EmbedSpeech#withLiveModel} embeds with.
 *
 * <p>A model is tried first: fetched, verified by its digests, loaded in float32 on the CPU, and
 * asked for a {@link SelfCheck}. It must have the feature spec and the normalisation of the bundle
 * that the job was started with, since features are extracted as the pipeline was built. One that
 * is not fit, or cannot be read, becomes one failure of kind {@code REFUSED}, and workers keep the
 * last good one. Newest is by event time. For unbounded input in any windows.
 */
@AutoValue
public abstract class RefreshModel extends PTransform<PCollection<String>, Refreshed<BundleRef>> {

  RefreshModel() {}

  abstract BundleRef bundle();

  abstract FeatureSpec spec();

  @Nullable
  abstract NormalizationSpec normalization();

  abstract AllowedRoots roots();

  @Nullable
  abstract ErrorHandler<BadRecord, ?> errorHandler();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setBundle(BundleRef bundle);

    abstract Builder setSpec(FeatureSpec spec);

    abstract Builder setNormalization(@Nullable NormalizationSpec normalization);

    abstract Builder setRoots(AllowedRoots roots);

    abstract Builder setErrorHandler(@Nullable ErrorHandler<BadRecord, ?> errorHandler);

    abstract RefreshModel build();
  }

  /**
   * Takes models in the place of a bundle, whose manifest is read here.
   *
   * @param bundle the bundle that the job is started with
   * @throws UncheckedIOException when the bundle is missing or cannot be read
   */
  public static RefreshModel with(BundleRef bundle) {
    ModelManifest manifest = Bundles.manifest(bundle);
    return new AutoValue_RefreshModel.Builder()
        .setBundle(bundle)
        .setSpec(manifest.featureSpec())
        .setNormalization(manifest.normalization())
        .setRoots(AllowedRoots.everywhere())
        .build();
  }

  /** Folders that models may be in, besides those inside this library; default all. */
  public RefreshModel withAllowedRoots(AllowedRoots roots) {
    return toBuilder().setRoots(roots).build();
  }

  /**
   * Gives each failure to Beam's error handler too, as {@link io.gemoclap.failure.ToBadRecords}
   * converts it. It stays in {@link Refreshed#failures}. Default: none.
   */
  public RefreshModel withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return toBuilder().setErrorHandler(handler).build();
  }

  @Override
  public Refreshed<BundleRef> expand(PCollection<String> json) {
    Refreshed<BundleRef> models =
        json.apply(
            "Refresh",
            Refresh.of(
                "RefreshModel", BundleRef.class, new ModelTrial(spec(), normalization(), roots())));
    ErrorHandlers.handle(errorHandler(), models.failures());
    return models;
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(
        DisplayData.item("bundle", bundle().toString()).withLabel("Model bundle and its id"));
    builder.add(DisplayData.item("allowedRoots", roots().toString()).withLabel("Allowed roots"));
  }

  /** The object that is written. */
  private record Written(@Nullable String model) {}

  /**
   * The URI in <code>{"model": "s3://models/newer"}</code>.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static String parse(String json) {
    Written written = StrictJson.read("model message", json, Written.class);
    if (written == null || written.model == null || written.model.isBlank()) {
      throw new IllegalArgumentException("The message names no model");
    }
    return written.model;
  }

  private record ModelTrial(
      FeatureSpec spec, @Nullable NormalizationSpec normalization, AllowedRoots roots)
      implements UpdateParser<BundleRef> {
    @Override
    public BundleRef attempt(String json) {
      String uri = parse(json);
      if (!Bundles.isInside(uri) && !roots.allows(uri)) {
        throw new IllegalArgumentException(
            ("Model '%s' is rejected: it is outside the allowed roots"
                    + " (RefreshModel.withAllowedRoots, --allowed-roots)")
                .formatted(uri));
      }
      try {
        BundleRef model = Bundles.resolve(uri);
        requireSameFeatures(uri, Bundles.manifest(model));
        try (SharedModels.Lease lease = SharedModels.acquire(Bundles.open(model), false)) {
          SelfCheck.run(lease.model());
          return model;
        }
      } catch (UncheckedIOException e) {
        throw refused(uri, Objects.requireNonNull(e.getCause()));
      } catch (IOException e) {
        throw refused(uri, e);
      }
    }

    private static IllegalArgumentException refused(String uri, IOException e) {
      return new IllegalArgumentException(
          "Model '%s' is rejected: %s".formatted(uri, e.getMessage()), e);
    }

    private void requireSameFeatures(String uri, ModelManifest manifest) {
      boolean same = spec.equals(manifest.featureSpec());
      if (!same || !Objects.equals(normalization, manifest.normalization())) {
        throw new IllegalArgumentException(
            ("Model '%s' is rejected: its %s differs from that of the job's model, and the job"
                    + " extracts features for its own model; restart the job with"
                    + " --model=%s")
                .formatted(uri, same ? "normalisation" : "feature_spec", uri));
      }
    }
  }
}
