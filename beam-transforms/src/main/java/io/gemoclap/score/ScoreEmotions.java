package io.gemoclap.score;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.auto.value.AutoValue;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.ErrorHandlers;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.Outcome;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Scores embeddings zero-shot against any labels: calibrated probabilities, the top label, and the
 * gender of the voice.
 *
 * <p>Element-wise, for bounded and unbounded input; results keep timestamp and window. The labels'
 * text vectors are computed once for each worker and label set, so stored embeddings can be scored
 * again with other labels without audio and without a GPU. An embedding of another bundle becomes a
 * failure, since its space is not this model's, unless {@link #withLiveModel} is asked for.
 */
@AutoValue
public abstract class ScoreEmotions
    extends PTransform<PCollection<SpeechEmbedding>, Outcome<EmotionScores>> {
  static final TupleTag<EmotionScores> SCORES = new TupleTag<>("scores") {};
  static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  /** Keeps every label. */
  private static final int ALL = Integer.MAX_VALUE;

  ScoreEmotions() {}

  /** The model's labels and templates, which are used where {@link #given} has none. */
  abstract EmotionPrompts own();

  /** The fixed labels and templates. */
  abstract EmotionPrompts given();

  @Nullable
  abstract PCollectionView<Optional<EmotionPrompts>> livePrompts();

  abstract boolean liveModel();

  abstract int topK();

  /** Null for what the bundle says. */
  @Nullable
  abstract Double abstainBelow();

  /** Null for the bundle's. */
  @Nullable
  abstract Double temperature();

  @Nullable
  abstract ErrorHandler<BadRecord, ?> errorHandler();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setBundle(BundleRef bundle);

    abstract Builder setOwn(EmotionPrompts own);

    abstract Builder setGiven(EmotionPrompts given);

    abstract Builder setLivePrompts(@Nullable PCollectionView<Optional<EmotionPrompts>> prompts);

    abstract Builder setLiveModel(boolean liveModel);

    abstract Builder setTopK(int topK);

    abstract Builder setAbstainBelow(@Nullable Double abstainBelow);

    abstract Builder setTemperature(@Nullable Double temperature);

    abstract Builder setErrorHandler(@Nullable ErrorHandler<BadRecord, ?> errorHandler);

    abstract ScoreEmotions build();
  }

  /**
   * Scores with a bundle's own labels, templates and temperature.
   *
   * @param bundle URI of a bundle on any Beam file system, or {@link Bundles#BUNDLED}; workers use
   *     the bundle that it means now, or none
   * @throws UncheckedIOException when there is no bundle, or its manifest cannot be read
   * @throws IllegalArgumentException when its labels are not fit for use
   */
  public static ScoreEmotions with(String bundle) {
    return with(Bundles.resolve(bundle));
  }

  /** The same with a bundle that is pinned already. */
  public static ScoreEmotions with(BundleRef bundle) {
    EmotionPrompts own;
    try {
      own = EmotionPrompts.of(Bundles.manifest(bundle));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Bundle " + bundle + " cannot be used: " + e.getMessage(), e);
    }
    return new AutoValue_ScoreEmotions.Builder()
        .setBundle(bundle)
        .setOwn(own)
        .setGiven(EmotionPrompts.OF_THE_MODEL)
        .setLiveModel(false)
        .setTopK(ALL)
        .build();
  }

  /** Other labels than the bundle's. */
  public ScoreEmotions withLabels(Labels labels) {
    return toBuilder().setGiven(new EmotionPrompts(labels, given().templates())).build();
  }

  /** Other prompt templates than the bundle's. */
  public ScoreEmotions withTemplates(PromptTemplates templates) {
    return toBuilder().setGiven(new EmotionPrompts(given().labels(), templates)).build();
  }

  /**
   * Labels and templates that change while the job runs: the newest that {@link RefreshPrompts} let
   * pass, and before the first the fixed ones. Default: none.
   */
  public ScoreEmotions withLivePrompts(PCollectionView<Optional<EmotionPrompts>> prompts) {
    return toBuilder().setLivePrompts(prompts).build();
  }

  /**
   * Whether each embedding is scored with the labels as the bundle that made it embeds them, for
   * {@code EmbedSpeech.withLiveModel}; text vectors of a few recent bundles are kept. If that
   * bundle can no longer be loaded, or does not take the labels, its embeddings become failures,
   * and it is tried again with the runner's next bundle of elements. Default: false, and embeddings
   * of another bundle are failures.
   */
  public ScoreEmotions withLiveModel(boolean liveModel) {
    return toBuilder().setLiveModel(liveModel).build();
  }

  /** Keeps the {@code k} most probable labels of each segment, from 1; default all. */
  public ScoreEmotions withTopK(int k) {
    checkArgument(k >= 1, "topK is %s, but must be at least 1", k);
    return toBuilder().setTopK(k).build();
  }

  /**
   * Marks results whose confidence is below {@code p} as abstained, [0, 1]; 0: none. Default: what
   * the bundle says, which is 0 if it has not measured it.
   */
  public ScoreEmotions withAbstainBelow(double p) {
    checkArgument(p >= 0 && p <= 1, "abstainBelow is %s, but must lie in [0, 1]", p);
    return toBuilder().setAbstainBelow(p).build();
  }

  /**
   * Replaces the bundle's temperature T in {@code softmax(ε_a · cosine / T)}, above 0; a higher one
   * gives lower confidence. Where the bundle lets the temperature grow with the distance from its
   * training data, this one grows likewise. Default: the bundle's, which calibration has fitted.
   */
  public ScoreEmotions withTemperature(double t) {
    checkArgument(t > 0 && Double.isFinite(t), "temperature is %s, but must be positive", t);
    return toBuilder().setTemperature(t).build();
  }

  /** The bundle of {@link #with}. */
  public abstract BundleRef bundle();

  /**
   * The labels and templates that are embedded.
   *
   * @throws IllegalArgumentException if they make more sentences than are embedded
   */
  public EmotionPrompts prompts() {
    return given().orElse(own());
  }

  /**
   * Gives each failure to Beam's error handler too, as {@link io.gemoclap.failure.ToBadRecords}
   * converts it. It stays in {@link Outcome#failures}. Default: none.
   */
  public ScoreEmotions withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return toBuilder().setErrorHandler(handler).build();
  }

  @Override
  public Outcome<EmotionScores> expand(PCollection<SpeechEmbedding> embeddings) {
    EmotionPrompts unused = prompts();
    ParDo.SingleOutput<SpeechEmbedding, EmotionScores> score = ParDo.of(new ScoreFn(onWorkers()));
    if (livePrompts() != null) {
      score = score.withSideInputs(livePrompts());
    }
    Outcome<EmotionScores> scored =
        Outcome.of(
            embeddings.apply("Score", score.withOutputTags(SCORES, TupleTagList.of(FAILURES))),
            SCORES,
            FAILURES);
    ErrorHandlers.handle(errorHandler(), scored.failures());
    return scored;
  }

  /** The settings without what is for the construction of the pipeline alone. */
  private ScoreEmotions onWorkers() {
    return toBuilder().setErrorHandler(null).build();
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    EmotionPrompts prompts = prompts();
    builder.add(
        DisplayData.item("bundle", bundle().toString()).withLabel("Model bundle and its id"));
    builder.add(
        DisplayData.item("labels", String.join(", ", prompts.knownLabels().labels()))
            .withLabel("Labels"));
    builder.add(
        DisplayData.item("templates", String.join(" | ", prompts.knownTemplates().templates()))
            .withLabel("Prompt templates"));
    builder.add(
        DisplayData.item("topK", topK() == ALL ? "all" : Integer.toString(topK()))
            .withLabel("Most probable labels kept"));
    builder.add(
        DisplayData.item(
                "abstainBelow",
                abstainBelow() == null ? "as the bundle says" : abstainBelow().toString())
            .withLabel("Abstains below this confidence"));
    builder.add(
        DisplayData.item(
                "temperature",
                temperature() == null ? "as the bundle says" : temperature().toString())
            .withLabel("Temperature"));
    builder.add(
        DisplayData.item("livePrompts", livePrompts() != null).withLabel("Follows new labels"));
    builder.add(DisplayData.item("liveModel", liveModel()).withLabel("Scores with new models"));
  }
}
