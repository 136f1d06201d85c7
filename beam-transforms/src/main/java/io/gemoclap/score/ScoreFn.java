package io.gemoclap.score;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.embed.LocalBundles;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.model.GEmoClap;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.SharedModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;

/** Builds the classifiers once, then scores one embedding after the other. */
final class ScoreFn extends DoFn<SpeechEmbedding, EmotionScores> {
  private static final String STAGE = "ScoreEmotions";

  private final ScoreEmotions.Settings settings;
  private final Counter scored = Metrics.counter(STAGE, "segments");
  private final Counter abstained = Metrics.counter(STAGE, "abstained");

  private transient String modelId;
  private transient String labelSetId;
  private transient List<String> labels;
  private transient ZeroShotClassifier emotions;
  private transient List<String> genderNames;
  private transient ZeroShotClassifier genders;

  ScoreFn(ScoreEmotions.Settings settings) {
    this.settings = settings;
  }

  /** Text vectors outlive the lease, so the model is given back at once. */
  @Setup
  public void setup() throws IOException {
    try (SharedModels.Lease lease =
        SharedModels.acquire(LocalBundles.fetch(settings.bundle()), false)) {
      GEmoClap model = lease.model();
      ModelManifest manifest = model.manifest();
      LabelSet set =
          settings.labels() == null ? new LabelSet(manifest.labels()) : settings.labels();
      PromptTemplates templates =
          settings.templates() == null
              ? new PromptTemplates(manifest.templates())
              : settings.templates();
      modelId = model.id();
      labelSetId = set.id(templates);
      labels = set.labels();
      emotions =
          ZeroShotClassifier.of(
              labels.stream().map(templates::expand).toList(),
              model::embedText,
              manifest.logitScaleAudio() / manifest.temperature());
      genderNames = List.copyOf(manifest.genderPrompts().keySet());
      genders =
          ZeroShotClassifier.of(
              List.copyOf(manifest.genderPrompts().values()),
              model::embedText,
              manifest.logitScaleAudio() / manifest.genderTemperature());
    }
  }

  @ProcessElement
  public void process(@Element SpeechEmbedding embedding, MultiOutputReceiver out) {
    if (embedding.modelId().equals(modelId)) {
      out.get(ScoreEmotions.SCORES).output(score(embedding));
      scored.inc();
    } else {
      out.get(ScoreEmotions.FAILURES).output(foreign(embedding));
    }
  }

  private EmotionScores score(SpeechEmbedding embedding) {
    SegmentRef ref = embedding.ref();
    double[] emotion = emotions.probabilities(embedding.vector());
    double[] gender = genders.probabilities(embedding.vector());
    int top = ZeroShotClassifier.top(emotion);
    boolean abstains = emotion[top] < settings.abstainBelow();
    if (abstains) {
      abstained.inc();
    }
    return EmotionScores.builder()
        .setRecording(ref.recording())
        .setSegmentId(ref.id())
        .setChannel(ref.channel())
        .setStartSeconds(ref.startSeconds())
        .setEndSeconds(ref.endSeconds())
        .setEmotion(labels.get(top))
        .setConfidence(emotion[top])
        .setAbstained(abstains)
        .setScores(topScores(labels, emotion, settings.topK()))
        .setGender(genderNames.isEmpty() ? "" : genderNames.get(ZeroShotClassifier.top(gender)))
        .setGenderScores(topScores(genderNames, gender, Integer.MAX_VALUE))
        .setModelId(modelId)
        .setLabelSet(labelSetId)
        .setMetadata(ref.metadata())
        .build();
  }

  /** The k most probable labels, in label order. */
  private static List<LabelScore> topScores(List<String> names, double[] p, int k) {
    Set<Integer> kept =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> p[i]).reversed())
            .limit(k)
            .collect(Collectors.toSet());
    List<LabelScore> scores = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      if (kept.contains(i)) {
        scores.add(LabelScore.of(names.get(i), p[i]));
      }
    }
    return scores;
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
            + modelId);
  }
}
