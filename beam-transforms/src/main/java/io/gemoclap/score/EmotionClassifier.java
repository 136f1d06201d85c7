package io.gemoclap.score;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.SharedModels;
import io.gemoclap.model.SpeechModel;
import io.gemoclap.model.SpeechParts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** Text vectors of some prompts under one model, and what follows from them for an embedding. */
final class EmotionClassifier {
  private final String modelId;
  private final ModelManifest manifest;
  private final int speechDims;
  private final String labelSetId;
  private final List<String> labels;
  private final ZeroShotClassifier emotions;
  private final List<String> genderNames;
  private final ZeroShotClassifier genders;

  private EmotionClassifier(SpeechModel model, EmotionPrompts prompts) {
    manifest = model.manifest();
    EmotionPrompts complete = prompts.orElse(EmotionPrompts.of(manifest));
    PromptTemplates templates = complete.knownTemplates();
    modelId = model.id();
    speechDims = manifest.speechDims();
    labelSetId = complete.labelSet();
    labels = complete.knownLabels().labels();
    emotions =
        ZeroShotClassifier.of(
            labels.stream().map(templates::expand).toList(),
            model::embedText,
            manifest.logitScaleAudio());
    emotions
        .firstAlike()
        .ifPresent(
            alike -> {
              throw new IllegalArgumentException(
                  "The model cannot distinguish the labels '%s' and '%s': choose other words"
                      .formatted(labels.get(alike[0]), labels.get(alike[1])));
            });
    genderNames = List.copyOf(manifest.genderPrompts().keySet());
    genders =
        ZeroShotClassifier.of(
            List.copyOf(manifest.genderPrompts().values()),
            model::embedText,
            manifest.logitScaleAudio() / manifest.genderTemperature());
  }

  /**
   * Embeds the prompts. Text vectors outlive the lease, so the model is given back at once.
   *
   * @throws IOException when the bundle cannot be fetched or loaded
   */
  static EmotionClassifier of(BundleRef bundle, EmotionPrompts prompts) throws IOException {
    try (SharedModels.Lease lease = SharedModels.acquire(Bundles.open(bundle), false)) {
      return new EmotionClassifier(lease.model(), prompts);
    }
  }

  /** Size of the vectors that can be scored. */
  int dims() {
    return speechDims;
  }

  /**
   * Scores one embedding.
   *
   * @param temperature null for the bundle's
   * @param abstainBelow null for the least confidence that the bundle says
   */
  EmotionScores score(
      SpeechEmbedding embedding,
      @Nullable Instant eventTime,
      int topK,
      @Nullable Double temperature,
      @Nullable Double abstainBelow) {
    SegmentRef ref = embedding.ref();
    int dims = emotions.dims();
    double[] emotion =
        ZeroShotClassifier.softmax(
            emotions.cosines(SpeechParts.emotion(embedding.vector(), dims)),
            manifest.logitScaleAudio() / temperature(temperature, embedding.outOfDomain()));
    double[] gender = genders.probabilities(SpeechParts.voice(embedding.vector(), dims));
    int top = ZeroShotClassifier.top(emotion);
    return EmotionScores.builder()
        .setRecording(ref.recording())
        .setSegmentId(ref.id())
        .setChannel(ref.channel())
        .setStartSeconds(ref.startSeconds())
        .setEndSeconds(ref.endSeconds())
        .setEmotion(labels.get(top))
        .setConfidence(emotion[top])
        .setAbstained(
            emotion[top] < (abstainBelow == null ? manifest.abstainBelow() : abstainBelow))
        .setScores(topScores(labels, emotion, topK))
        .setGender(genderNames.isEmpty() ? "" : genderNames.get(ZeroShotClassifier.top(gender)))
        .setGenderScores(topScores(genderNames, gender, Integer.MAX_VALUE))
        .setModelId(modelId)
        .setLabelSet(labelSetId)
        .setMetadata(ref.metadata())
        .setSpeechProbability(ref.speechProbability())
        .setOutOfDomain(embedding.outOfDomain())
        .setEventTime(eventTime)
        .build();
  }

  private double temperature(@Nullable Double other, double outOfDomain) {
    double own = manifest.temperature(outOfDomain);
    return other == null ? own : own / manifest.temperature() * other;
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
}
