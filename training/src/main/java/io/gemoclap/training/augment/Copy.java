package io.gemoclap.training.augment;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.training.corpus.Utterance.Gender;
import io.gemoclap.training.degrade.Degradation;
import io.gemoclap.training.degrade.Degradation.Stage;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A copy of an utterance: another voice, another way of recording it, or both.
 *
 * @param voice changes of the voice
 * @param degradations what happens to the recording, in this order
 * @param archive seed of what all recordings of an archive share, such as the room
 * @param utterance id of the utterance, which decides what it has of its own, such as the noise
 */
public record Copy(
    Perturbation voice, List<Degradation> degradations, long archive, String utterance) {

  /** Copies the list. */
  public Copy {
    degradations = List.copyOf(degradations);
  }

  /** The utterance as it was recorded. */
  public static Copy clean(FeatureSpec spec) {
    return new Copy(Perturbation.none(spec), List.of(), 0, "");
  }

  /** Another voice. */
  public static Copy voice(FeatureSpec spec, Gender gender, SplittableRandom random) {
    return new Copy(Perturbation.draw(spec, gender, random), List.of(), 0, "");
  }

  /** The recording after one degradation. */
  public static Copy degraded(
      FeatureSpec spec, Degradation degradation, long archive, String utterance) {
    return new Copy(Perturbation.none(spec), List.of(degradation), archive, utterance);
  }

  /**
   * A copy as of another archive: one degradation of a given stage and, in half of the archives,
   * another. They depend on the archive alone, so the copies of all utterances with equal seeds
   * form an archive whose recordings were made alike, as normalisation assumes.
   */
  public static Copy ofArchive(FeatureSpec spec, Stage stage, long archive, String utterance) {
    SplittableRandom random = new SplittableRandom(archive);
    Map<Stage, Degradation> drawn = new EnumMap<>(Stage.class);
    drawn.put(stage, draw(stage, random));
    if (random.nextBoolean()) {
      List<Stage> stages = List.of(Stage.values());
      Stage other = stages.get(random.nextInt(stages.size()));
      drawn.putIfAbsent(other, draw(other, random));
    }
    return new Copy(Perturbation.none(spec), List.copyOf(drawn.values()), archive, utterance);
  }

  private static Degradation draw(Stage stage, SplittableRandom random) {
    List<Degradation> all =
        Arrays.stream(Degradation.values()).filter(each -> each.stage() == stage).toList();
    return all.get(random.nextInt(all.size()));
  }

  /** The rate in Hz at which the recording is to be decoded, as of the perturbation. */
  public int decodingRate(FeatureSpec spec) {
    return voice.decodingRate(spec);
  }

  /**
   * Features of the copy.
   *
   * @param samples of the recording at {@link #decodingRate}
   * @throws IllegalArgumentException if they are too few for the features
   */
  public FeatureMatrix extract(float[] samples, FeatureSpec spec) {
    float[] changed = voice.shaped(samples, spec);
    for (Degradation degradation : degradations) {
      changed = degradation.apply(changed, spec.sampleRate(), archive, utterance);
    }
    return voice.features(changed, spec);
  }
}
