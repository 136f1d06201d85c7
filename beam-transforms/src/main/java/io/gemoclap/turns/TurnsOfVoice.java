package io.gemoclap.turns;

import com.google.common.primitives.ImmutableDoubleArray;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.LabelScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Makes the turns of the segments of one recording, channel, speaker, label set and model.
 *
 * @param smoother decides which segments are a turn
 * @param abstainBelow the least mean confidence that is certain; null to go by the segments
 */
record TurnsOfVoice(TurnSmoother smoother, @Nullable Double abstainBelow) {
  private static final Comparator<EmotionScores> ORDER =
      Comparator.comparingDouble(EmotionScores::getStartSeconds)
          .thenComparing(EmotionScores::getEndSeconds)
          .thenComparing(EmotionScores::getSegmentId);

  /** The turns in the order of their starts. A segment that is there twice counts once. */
  List<EmotionTurn> of(Iterable<EmotionScores> segments) {
    Map<String, EmotionScores> distinct = new HashMap<>();
    segments.forEach(segment -> distinct.putIfAbsent(segment.getSegmentId(), segment));
    List<EmotionScores> ordered = distinct.values().stream().sorted(ORDER).toList();
    List<String> labels =
        ordered.stream()
            .flatMap(segment -> segment.getScores().stream().map(LabelScore::getLabel))
            .distinct()
            .toList();
    if (labels.isEmpty()) {
      throw new IllegalArgumentException(
          "Segments of '%s' have no scores: turns are made of scores"
              .formatted(ordered.get(0).getRecording()));
    }
    List<TurnSmoother.Segment> observed =
        ordered.stream()
            .map(
                segment ->
                    new TurnSmoother.Segment(
                        segment.getStartSeconds(),
                        segment.getEndSeconds(),
                        scores(segment, labels)))
            .toList();
    return smoother.turns(observed).stream()
        .map(
            turn ->
                turn(
                    ordered.subList(turn.from(), turn.to()),
                    observed.subList(turn.from(), turn.to()),
                    labels,
                    turn.label()))
        .toList();
  }

  /**
   * The probability of every label. Labels that were cut off share evenly what the others leave,
   * and each is at most as probable as the least probable one that was kept.
   */
  private static ImmutableDoubleArray scores(EmotionScores segment, List<String> labels) {
    double sum = 0;
    double least = 1;
    for (LabelScore score : segment.getScores()) {
      sum += score.getProbability();
      least = Math.min(least, score.getProbability());
    }
    int missing = labels.size() - segment.getScores().size();
    double[] scores = new double[labels.size()];
    if (missing > 0) {
      Arrays.fill(scores, Math.min(least, Math.max(0, 1 - sum) / missing));
    }
    for (LabelScore score : segment.getScores()) {
      scores[labels.indexOf(score.getLabel())] = score.getProbability();
    }
    return ImmutableDoubleArray.copyOf(scores);
  }

  private EmotionTurn turn(
      List<EmotionScores> segments,
      List<TurnSmoother.Segment> observed,
      List<String> labels,
      int label) {
    double seconds = 0;
    double[] sums = new double[labels.size()];
    double end = 0;
    double certain = 0;
    for (int i = 0; i < segments.size(); i++) {
      TurnSmoother.Segment each = observed.get(i);
      double duration = each.end() - each.start();
      seconds += duration;
      end = Math.max(end, each.end());
      for (int k = 0; k < sums.length; k++) {
        sums[k] += duration * each.scores().get(k);
      }
      EmotionScores segment = segments.get(i);
      if (!segment.getAbstained() && segment.getEmotion().equals(labels.get(label))) {
        certain += duration;
      }
    }
    List<LabelScore> means = new ArrayList<>();
    for (int k = 0; k < sums.length; k++) {
      means.add(LabelScore.of(labels.get(k), sums[k] / seconds));
    }
    double confidence = sums[label] / seconds;
    EmotionScores first = segments.get(0);
    return EmotionTurn.builder()
        .setRecording(first.getRecording())
        .setChannel(first.getChannel())
        .setSpeaker(speaker(first))
        .setStartSeconds(first.getStartSeconds())
        .setEndSeconds(end)
        .setEmotion(labels.get(label))
        .setConfidence(confidence)
        .setAbstained(abstainBelow == null ? certain < seconds / 2 : confidence < abstainBelow)
        .setScores(means)
        .setSegmentIds(segments.stream().map(EmotionScores::getSegmentId).toList())
        .setModelId(first.getModelId())
        .setLabelSet(first.getLabelSet())
        .setMetadata(shared(segments))
        .setEventTime(earliest(segments))
        .build();
  }

  /** The speaker of a segment; empty if it has none. */
  static String speaker(EmotionScores segment) {
    return segment.getMetadata().getOrDefault(NormalizeFeatures.SPEAKER, "").strip();
  }

  private static Map<String, String> shared(List<EmotionScores> segments) {
    Map<String, String> shared = new HashMap<>(segments.get(0).getMetadata());
    segments.forEach(segment -> shared.entrySet().retainAll(segment.getMetadata().entrySet()));
    return Map.copyOf(shared);
  }

  private static @Nullable Instant earliest(List<EmotionScores> segments) {
    return segments.stream()
        .map(EmotionScores::getEventTime)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }
}
