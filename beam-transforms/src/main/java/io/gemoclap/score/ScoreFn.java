package io.gemoclap.score;

import io.gemoclap.audio.SegmentRef;
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
  private final Counter abstained = Metrics.counter(STAGE, "abstained");
  private final Counter labelChanges = Metrics.counter(STAGE, "label_changes");

  private transient EmotionPrompts prompts;
  private transient EmotionClassifier classifier;

  ScoreFn(ScoreEmotions.Settings settings) {
    this.settings = settings;
  }

  @Setup
  public void setup() throws IOException {
    use(settings.prompts());
  }

  @ProcessElement
  public void process(ProcessContext context, MultiOutputReceiver out) throws IOException {
    if (settings.livePrompts() != null) {
      EmotionPrompts live = context.sideInput(settings.livePrompts()).orElse(settings.prompts());
      if (!live.equals(prompts)) {
        use(live);
        labelChanges.inc();
      }
    }
    SpeechEmbedding embedding = context.element();
    if (embedding.modelId().equals(classifier.modelId())) {
      EmotionScores scores = classifier.score(embedding, settings.topK(), settings.abstainBelow());
      out.get(ScoreEmotions.SCORES).output(scores);
      scored.inc();
      if (scores.getAbstained()) {
        abstained.inc();
      }
    } else {
      out.get(ScoreEmotions.FAILURES).output(foreign(embedding));
    }
  }

  private void use(EmotionPrompts next) throws IOException {
    classifier = EmotionClassifier.of(settings.bundle(), next);
    prompts = next;
  }

  private Failure foreign(SpeechEmbedding embedding) {
    SegmentRef ref = embedding.ref();
    return Failure.at(
            STAGE,
            FailureKind.UNFIT,
            ref.id(),
            ref.recording(),
            ref.startSeconds(),
            "The embedding was made by model "
                + embedding.modelId()
                + ", the labels are embedded by "
                + classifier.modelId())
        .withMetadata(ref.metadata());
  }
}
