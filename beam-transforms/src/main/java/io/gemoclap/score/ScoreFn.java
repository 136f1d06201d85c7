package io.gemoclap.score;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** Scores one embedding after the other, and embeds labels when there are other ones. */
final class ScoreFn extends DoFn<SpeechEmbedding, EmotionScores> {
  private static final String STAGE = "ScoreEmotions";

  private final ScoreEmotions settings;
  private final Counter scored = Metrics.counter(STAGE, "segments");
  private final Counter failed = Metrics.counter(STAGE, "failures");
  private final Counter abstained = Metrics.counter(STAGE, "abstained");
  private final Counter labelChanges = Metrics.counter(STAGE, "label_changes");

  private transient EmotionPrompts prompts;
  private transient RecentClassifiers classifiers;

  ScoreFn(ScoreEmotions settings) {
    this.settings = settings;
  }

  @Setup
  public void setup() throws IOException {
    prompts = settings.given();
    classifiers = new RecentClassifiers();
    EmotionClassifier unused = classifiers.of(settings.bundle(), prompts);
  }

  @StartBundle
  public void startBundle() {
    classifiers.forgetFailures();
  }

  @ProcessElement
  public void process(ProcessContext context, MultiOutputReceiver out) throws IOException {
    if (settings.livePrompts() != null) {
      EmotionPrompts live = context.sideInput(settings.livePrompts()).orElse(settings.given());
      if (!live.equals(prompts)) {
        prompts = live;
        labelChanges.inc();
      }
    }
    SpeechEmbedding embedding = context.element();
    EmotionClassifier classifier;
    if (settings.liveModel()) {
      try {
        classifier = classifiers.of(embedding.model(), prompts);
      } catch (IOException e) {
        fail(embedding, String.valueOf(e.getMessage()), out);
        return;
      }
    } else if (embedding.model().id().equals(settings.bundle().id())) {
      classifier = classifiers.of(settings.bundle(), prompts);
    } else {
      fail(embedding, "the labels are embedded by " + settings.bundle().id(), out);
      return;
    }
    if (embedding.vector().length != classifier.dims() || !embedding.isFinite()) {
      String reason = "it is not a finite vector of " + classifier.dims() + " dimensions";
      fail(embedding, reason, out);
      return;
    }
    EmotionScores scores =
        classifier.score(
            embedding,
            eventTime(context.timestamp()),
            settings.topK(),
            settings.temperature(),
            settings.abstainBelow());
    out.get(ScoreEmotions.SCORES).output(scores);
    scored.inc();
    if (scores.getAbstained()) {
      abstained.inc();
    }
  }

  /** Bounded input without timestamps has Beam's earliest one, which is no time of an event. */
  private static @Nullable Instant eventTime(Instant timestamp) {
    return timestamp.equals(BoundedWindow.TIMESTAMP_MIN_VALUE) ? null : timestamp;
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
            "The embedding was made by model %s, but %s".formatted(embedding.model().id(), reason))
        .withMetadata(ref.metadata());
  }
}
