package io.gemoclap.turns;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.auto.value.AutoValue;
import io.gemoclap.score.EmotionScores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * Merges consecutive segments of one speaker into turns: stretches in which the speaker sounds the
 * same.
 *
 * <p>A voice is the metadata {@code speaker} in one channel of a recording; segments without a
 * speaker are a voice by their channel. Scores of different label sets or models are never mixed.
 * What another speaker says in between does not end a turn; a pause longer than the {@linkplain
 * #withMaximumGap maximum gap} does. Turns of one voice overlap only where its segments do.
 *
 * <p>The labels of the segments are smoothed by a hidden Markov model. Its states are the labels,
 * and a segment's likelihood in a state is its score of that label. A label stays from one segment
 * to the next with a {@linkplain #withStayProbability probability} s that falls with the gap g
 * between them towards 1 / K for K labels: 1 / K + (s − 1 / K) · exp(−g / maximum gap). The most
 * likely sequence (Viterbi; Rabiner 1989, Proceedings of the IEEE 77(2)) gives the turns. Turns
 * shorter than the {@linkplain #withMinimumSeconds minimum} then join the neighbour whose label is
 * more likely for them. Every segment is in exactly one turn, abstained ones too. Of scores that
 * were cut to the top k, the missing labels share the rest of the probability evenly, each at most
 * as much as the least probable label that was kept.
 *
 * <p>Groups by voice within each window, so unbounded input must be windowed or have a trigger. Use
 * windows that hold whole recordings, as they do where all segments of a recording have its
 * timestamp; otherwise a turn ends with its window. Each pane has the turns of the segments that it
 * holds: with accumulating panes, those of all segments that came so far, which replace the turns
 * of earlier panes; with discarding panes, the turns of the new segments alone. A worker holds the
 * scores of one voice. A segment that comes twice, such as a repeated message, counts once in a
 * pane.
 */
@AutoValue
public abstract class EmotionTurns
    extends PTransform<PCollection<EmotionScores>, PCollection<EmotionTurn>> {

  EmotionTurns() {}

  abstract TurnSmoother smoother();

  @Nullable
  abstract Double abstainBelow();

  private static EmotionTurns of(TurnSmoother smoother, @Nullable Double abstainBelow) {
    return new AutoValue_EmotionTurns(smoother, abstainBelow);
  }

  /** A probability of staying of 0.8, at least 1 second, and gaps up to 2 seconds. */
  public static EmotionTurns create() {
    return of(new TurnSmoother(0.8, 1, 2), null);
  }

  /**
   * Probability that the next segment has the same label if it follows without a gap, above 0 and
   * below 1; default 0.8. With 1 / K for K labels, each segment has its most probable label.
   */
  public EmotionTurns withStayProbability(double probability) {
    return of(
        new TurnSmoother(probability, smoother().minimumSeconds(), smoother().maximumGap()),
        abstainBelow());
  }

  /**
   * A turn that is shorter, from its first start to its last end, joins a neighbour within the
   * maximum gap; one without such a neighbour stays. In seconds, 0 or more; default 1.
   */
  public EmotionTurns withMinimumSeconds(double seconds) {
    return of(
        new TurnSmoother(smoother().stay(), seconds, smoother().maximumGap()), abstainBelow());
  }

  /**
   * Longest gap between two segments of a turn, in seconds, 0 or more; default 2. It is also the
   * gap after which a label's inertia, s − 1 / K, has fallen to 1 / e.
   */
  public EmotionTurns withMaximumGap(double seconds) {
    return of(
        new TurnSmoother(smoother().stay(), smoother().minimumSeconds(), seconds), abstainBelow());
  }

  /**
   * Marks turns whose confidence, the mean probability of their label, is below {@code p} as
   * abstained, [0, 1]; 0: none. Default: marks turns of which less than half of the time are
   * segments that have the turn's label and are not abstained themselves.
   */
  public EmotionTurns withAbstainBelow(double p) {
    checkArgument(p >= 0 && p <= 1, "abstainBelow is %s, but must lie in [0, 1]", p);
    return of(smoother(), p);
  }

  @Override
  public PCollection<EmotionTurn> expand(PCollection<EmotionScores> scores) {
    return scores
        .apply(
            "Key",
            WithKeys.of(EmotionTurns::voice)
                .withKeyType(TypeDescriptors.lists(TypeDescriptors.strings())))
        .setCoder(KvCoder.of(ListCoder.of(StringUtf8Coder.of()), scores.getCoder()))
        .apply("Group", GroupByKey.create())
        .apply("Smooth", ParDo.of(new SmoothFn(smoother(), abstainBelow())));
  }

  /**
   * The turns of segments that are at hand, such as those of one recording, in the order of their
   * starts.
   */
  @Internal
  public List<EmotionTurn> of(Iterable<EmotionScores> segments) {
    Map<List<String>, List<EmotionScores>> voices = new HashMap<>();
    segments.forEach(
        segment -> voices.computeIfAbsent(voice(segment), voice -> new ArrayList<>()).add(segment));
    TurnsOfVoice turns = new TurnsOfVoice(smoother(), abstainBelow());
    return voices.values().stream()
        .flatMap(voice -> turns.of(voice).stream())
        .sorted(
            Comparator.comparingDouble(EmotionTurn::getStartSeconds)
                .thenComparing(EmotionTurn::getEndSeconds)
                .thenComparing(EmotionTurn::getChannel)
                .thenComparing(EmotionTurn::getSpeaker))
        .toList();
  }

  private static List<String> voice(EmotionScores segment) {
    return List.of(
        segment.getRecording(),
        Integer.toString(segment.getChannel()),
        TurnsOfVoice.speaker(segment),
        segment.getLabelSet(),
        segment.getModelId());
  }

  private static final class SmoothFn
      extends DoFn<KV<List<String>, Iterable<EmotionScores>>, EmotionTurn> {
    private final TurnSmoother smoother;
    private final @Nullable Double abstainBelow;

    SmoothFn(TurnSmoother smoother, @Nullable Double abstainBelow) {
      this.smoother = smoother;
      this.abstainBelow = abstainBelow;
    }

    @ProcessElement
    public void process(
        @Element KV<List<String>, Iterable<EmotionScores>> voice, OutputReceiver<EmotionTurn> out) {
      new TurnsOfVoice(smoother, abstainBelow).of(voice.getValue()).forEach(out::output);
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(
        DisplayData.item("stayProbability", smoother().stay())
            .withLabel("Probability that a label stays without a gap"));
    builder.add(
        DisplayData.item("minimumSeconds", smoother().minimumSeconds())
            .withLabel("Shortest turn in seconds"));
    builder.add(
        DisplayData.item("maximumGap", smoother().maximumGap())
            .withLabel("Longest gap in a turn in seconds"));
    Double below = abstainBelow();
    builder.add(
        DisplayData.item("abstainBelow", below == null ? "by the segments" : below.toString())
            .withLabel("Abstains below this mean confidence"));
  }
}
