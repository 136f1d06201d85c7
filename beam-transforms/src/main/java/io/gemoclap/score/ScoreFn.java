package io.gemoclap.score;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.embed.LocalBundles;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;

/** Scores one embedding after the other, and embeds labels when there are other ones. */
final class ScoreFn extends DoFn<SpeechEmbedding, EmotionScores> {
  private static final String STAGE = "ScoreEmotions";

  private final ScoreEmotions.Settings settings;
  private final Counter scored = Metrics.counter(STAGE, "segments");
  private final Counter failed = Metrics.counter(STAGE, "failures");
  private final Counter abstained = Metrics.counter(STAGE, "abstained");
  private final Counter labelChanges = Metrics.counter(STAGE, "label_changes");

  private transient String modelId;
  private transient EmotionPrompts prompts;
  private transient RecentClassifiers classifiers;

  ScoreFn(ScoreEmotions.Settings settings) {
    this.settings = settings;
  }

  @Setup
  public void setup() throws IOException {
    modelId = LocalBundles.id(settings.bundle());
    prompts = settings.prompts();
    classifiers = new RecentClassifiers();
    EmotionClassifier unused = classifiers.of(settings.bundle(), modelId, prompts);
  }

  @StartBundle
  public void startBundle() {
    classifiers.forgetFailures();
  }

  @ProcessElement
  public void process(ProcessContext context, MultiOutputReceiver out) throws IOException {
    if (settings.livePrompts() != null) {
      EmotionPrompts live = context.sideInput(settings.livePrompts()).orElse(settings.prompts());
      if (!live.equals(prompts)) {
        prompts = live;
        labelChanges.inc();
      }
    }
    SpeechEmbedding embedding = context.element();
    EmotionClassifier classifier;
    if (settings.liveModel()) {
      try {
        classifier = classifiers.of(embedding.bundle(), embedding.modelId(), prompts);
      } catch (IOException e) {
        fail(embedding, e.getMessage(), out);
        return;
      }
    } else if (embedding.modelId().equals(modelId)) {
      classifier = classifiers.of(settings.bundle(), modelId, prompts);
    } else {
      fail(embedding, "the labels are embedded by " + modelId, out);
      return;
    }
    EmotionScores scores = classifier.score(embedding, settings.topK(), settings.abstainBelow());
    out.get(ScoreEmotions.SCORES).output(scores);
    scored.inc();
    if (scores.getAbstained()) {
      abstained.inc();
    }
  }

  private void fail(SpeechEmbedding embedding, String reason, MultiOutputReceiver out) {
    out.get(ScoreEmotions.FAILURES).output(unfit(embedding, reason));
    failed.inc();
  }

  private static Failure unfit(SpeechEmbedding embedding, String reason) {
    SegmentRef ref = embedding.ref();
    return Failure.at(
            STAGE,
            FailureKind.UNFIT,
            ref.id(),
            ref.recording(),
            ref.startSeconds(),
            "The embedding was made by model %s, but %s".formatted(embedding.modelId(), reason))
        .withMetadata(ref.metadata());
  }
}
