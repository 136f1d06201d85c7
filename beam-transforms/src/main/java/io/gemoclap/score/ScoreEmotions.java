package io.gemoclap.score;

import static com.google.common.base.Preconditions.checkArgument;

import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.Outcome;
import io.gemoclap.failure.SecretMask;
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

  /** What the workers need to know. Without live prompts, or until the first, the fixed ones. */
  record Settings(
      String bundle,
      EmotionPrompts prompts,
      @Nullable PCollectionView<Optional<EmotionPrompts>> livePrompts,
      boolean liveModel,
      int topK,
      double abstainBelow)
      implements Serializable {}

  private ScoreEmotions(
      String bundle,
      EmotionPrompts prompts,
      @Nullable PCollectionView<Optional<EmotionPrompts>> livePrompts,
      boolean liveModel,
      int topK,
      double abstainBelow) {
    this.settings = new Settings(bundle, prompts, livePrompts, liveModel, topK, abstainBelow);
  }

  private ScoreEmotions withPrompts(EmotionPrompts prompts) {
    return new ScoreEmotions(
        settings.bundle,
        prompts,
        settings.livePrompts,
        settings.liveModel,
        settings.topK,
        settings.abstainBelow);
  }

  /** Scores with a bundle's own labels, templates and temperature. */
  public static ScoreEmotions with(String bundle) {
    return new ScoreEmotions(
        bundle, EmotionPrompts.OF_THE_MODEL, null, false, Integer.MAX_VALUE, 0);
  }

  /** Other labels than the bundle's. */
  public ScoreEmotions withLabels(LabelSet labels) {
    return withPrompts(new EmotionPrompts(labels, settings.prompts.templates()));
  }

  /** Other prompt templates than the bundle's. */
  public ScoreEmotions withTemplates(PromptTemplates templates) {
    return withPrompts(new EmotionPrompts(settings.prompts.labels(), templates));
  }

  /**
   * Labels and templates that change while the job runs: the newest that {@link RefreshPrompts} let
   * pass, and before the first the fixed ones. Default: none.
   */
  public ScoreEmotions withLivePrompts(PCollectionView<Optional<EmotionPrompts>> prompts) {
    return new ScoreEmotions(
        settings.bundle,
        settings.prompts,
        prompts,
        settings.liveModel,
        settings.topK,
        settings.abstainBelow);
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
        settings.bundle,
        settings.prompts,
        settings.livePrompts,
        liveModel,
        settings.topK,
        settings.abstainBelow);
  }

  /** Keeps the {@code k} most probable labels of each segment, from 1; default all. */
  public ScoreEmotions withTopK(int k) {
    checkArgument(k >= 1, "topK is %s, but must be at least 1", k);
    return new ScoreEmotions(
        settings.bundle,
        settings.prompts,
        settings.livePrompts,
        settings.liveModel,
        k,
        settings.abstainBelow);
  }

  /** Marks results whose confidence is below {@code p} as abstained, [0, 1]; default 0: none. */
  public ScoreEmotions withAbstainBelow(double p) {
    checkArgument(p >= 0 && p <= 1, "abstainBelow is %s, but must lie in [0, 1]", p);
    return new ScoreEmotions(
        settings.bundle,
        settings.prompts,
        settings.livePrompts,
        settings.liveModel,
        settings.topK,
        p);
  }

  @Override
  public Outcome<EmotionScores> expand(PCollection<SpeechEmbedding> embeddings) {
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
    builder.add(
        DisplayData.item("bundle", SecretMask.of(settings.bundle)).withLabel("Model bundle"));
    builder.addIfNotNull(
        DisplayData.item(
            "labels",
            settings.prompts.labels() == null ? null : settings.prompts.labels().toString()));
    builder.add(DisplayData.item("topK", settings.topK));
    builder.add(DisplayData.item("abstainBelow", settings.abstainBelow));
  }
}
