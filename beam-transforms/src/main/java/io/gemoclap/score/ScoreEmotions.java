package io.gemoclap.score;

import static com.google.common.base.Preconditions.checkArgument;

import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.Outcome;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Scores embeddings zero-shot against any labels: calibrated probabilities, the top label, and the
 * gender of the voice.
 *
 * <p>Element-wise, for bounded and unbounded input; results keep timestamp and window. The labels'
 * text vectors are computed once for each worker and label set, so stored embeddings can be scored
 * again with other labels without audio and without a GPU. An embedding of another bundle becomes a
 * failure, since its space is not this model's, unless {@link #withLiveModel} is asked for.
 */
public final class ScoreEmotions
    extends PTransform<PCollection<SpeechEmbedding>, Outcome<EmotionScores>> {
  static final TupleTag<EmotionScores> SCORES = new TupleTag<>("scores") {};
  static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private final Settings settings;

  /** Keeps every label. */
  private static final int ALL = Integer.MAX_VALUE;

  /**
   * What the workers need to know. Without live prompts, or until the first, the fixed ones.
   *
   * @param own the model's labels and templates, which the others leave out or replace
   */
  record Settings(
      BundleRef bundle,
      EmotionPrompts own,
      EmotionPrompts prompts,
      @Nullable PCollectionView<Optional<EmotionPrompts>> livePrompts,
      boolean liveModel,
      int topK,
      double abstainBelow)
      implements Serializable {

    Settings with(EmotionPrompts other) {
      return new Settings(bundle, own, other, livePrompts, liveModel, topK, abstainBelow);
    }
  }

  private ScoreEmotions(Settings settings) {
    this.settings = settings;
  }

  /**
   * Scores with a bundle's own labels, templates and temperature.
   *
   * @param bundle URI of a bundle on any Beam file system, or {@link Bundles#BUNDLED}; workers use
   *     the bundle that it means now, or none
   * @throws IOException when there is no bundle, or its labels are not fit for use
   */
  public static ScoreEmotions with(String bundle) throws IOException {
    return with(Bundles.resolve(bundle));
  }

  /** The same with a bundle that is pinned already. */
  public static ScoreEmotions with(BundleRef bundle) throws IOException {
    EmotionPrompts own;
    try {
      own = EmotionPrompts.of(Bundles.manifest(bundle));
    } catch (IllegalArgumentException e) {
      throw new IOException("Bundle " + bundle + " cannot be used: " + e.getMessage(), e);
    }
    return new ScoreEmotions(
        new Settings(bundle, own, EmotionPrompts.OF_THE_MODEL, null, false, ALL, 0));
  }

  /** Other labels than the bundle's. */
  public ScoreEmotions withLabels(LabelSet labels) {
    return new ScoreEmotions(
        settings.with(new EmotionPrompts(labels, settings.prompts.templates())));
  }

  /** Other prompt templates than the bundle's. */
  public ScoreEmotions withTemplates(PromptTemplates templates) {
    return new ScoreEmotions(
        settings.with(new EmotionPrompts(settings.prompts.labels(), templates)));
  }

  /**
   * Labels and templates that change while the job runs: the newest that {@link RefreshPrompts} let
   * pass, and before the first the fixed ones. Default: none.
   */
  public ScoreEmotions withLivePrompts(PCollectionView<Optional<EmotionPrompts>> prompts) {
    return new ScoreEmotions(
        new Settings(
            settings.bundle,
            settings.own,
            settings.prompts,
            prompts,
            settings.liveModel,
            settings.topK,
            settings.abstainBelow));
  }

  /**
   * Whether each embedding is scored with the labels as the bundle that made it embeds them, for
   * {@code EmbedSpeech.withLiveModel}; text vectors of a few recent bundles are kept. If that
   * bundle can no longer be loaded, or does not take the labels, its embeddings become failures,
   * and it is tried again with the runner's next bundle of elements. Default: false, and embeddings
   * of another bundle are failures.
   */
  public ScoreEmotions withLiveModel(boolean liveModel) {
    return new ScoreEmotions(
        new Settings(
            settings.bundle,
            settings.own,
            settings.prompts,
            settings.livePrompts,
            liveModel,
            settings.topK,
            settings.abstainBelow));
  }

  /** Keeps the {@code k} most probable labels of each segment, from 1; default all. */
  public ScoreEmotions withTopK(int k) {
    checkArgument(k >= 1, "topK is %s, but must be at least 1", k);
    return new ScoreEmotions(
        new Settings(
            settings.bundle,
            settings.own,
            settings.prompts,
            settings.livePrompts,
            settings.liveModel,
            k,
            settings.abstainBelow));
  }

  /** Marks results whose confidence is below {@code p} as abstained, [0, 1]; default 0: none. */
  public ScoreEmotions withAbstainBelow(double p) {
    checkArgument(p >= 0 && p <= 1, "abstainBelow is %s, but must lie in [0, 1]", p);
    return new ScoreEmotions(
        new Settings(
            settings.bundle,
            settings.own,
            settings.prompts,
            settings.livePrompts,
            settings.liveModel,
            settings.topK,
            p));
  }

  /** The bundle of {@link #with}. */
  public BundleRef bundle() {
    return settings.bundle;
  }

  /**
   * The labels and templates that are embedded.
   *
   * @throws IllegalArgumentException if they make more sentences than are embedded
   */
  public EmotionPrompts prompts() {
    return settings.prompts.orElse(settings.own);
  }

  @Override
  public Outcome<EmotionScores> expand(PCollection<SpeechEmbedding> embeddings) {
    EmotionPrompts unused = prompts();
    ParDo.SingleOutput<SpeechEmbedding, EmotionScores> score = ParDo.of(new ScoreFn(settings));
    if (settings.livePrompts != null) {
      score = score.withSideInputs(settings.livePrompts);
    }
    return Outcome.of(
        embeddings.apply("Score", score.withOutputTags(SCORES, TupleTagList.of(FAILURES))),
        SCORES,
        FAILURES);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    EmotionPrompts prompts = prompts();
    builder.add(
        DisplayData.item("bundle", settings.bundle.toString())
            .withLabel("Model bundle and its id"));
    builder.add(
        DisplayData.item("labels", String.join(", ", prompts.labels().labels()))
            .withLabel("Labels"));
    builder.add(
        DisplayData.item("templates", String.join(" | ", prompts.templates().templates()))
            .withLabel("Prompt templates"));
    builder.add(
        DisplayData.item("topK", settings.topK == ALL ? "all" : Integer.toString(settings.topK))
            .withLabel("Most probable labels kept"));
    builder.add(
        DisplayData.item("abstainBelow", settings.abstainBelow)
            .withLabel("Abstains below this confidence"));
    builder.add(
        DisplayData.item("livePrompts", settings.livePrompts != null)
            .withLabel("Follows new labels"));
    builder.add(
        DisplayData.item("liveModel", settings.liveModel).withLabel("Scores with new models"));
  }
}
