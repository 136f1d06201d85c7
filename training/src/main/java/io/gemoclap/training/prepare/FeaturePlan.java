package io.gemoclap.training.prepare;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.training.augment.Copy;
import io.gemoclap.training.corpus.Utterance.Gender;
import io.gemoclap.training.degrade.Degradation;
import io.gemoclap.training.degrade.Degradation.Stage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The features that are computed for each utterance.
 *
 * @param spec the features
 * @param copies copies with other voices in addition to the recording itself
 * @param seed decides the copies
 * @param degradedCopies copies as of other archives, whose recordings were degraded on their way
 * @param conditions whether each utterance is also computed after every {@link Degradation}
 */
public record FeaturePlan(
    FeatureSpec spec,
    int copies,
    long seed,
    @JsonProperty("degraded_copies") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        int degradedCopies,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean conditions)
    implements Serializable {
  /**
   * Raised whenever the same plan gives other features of the same file, as after a change to
   * decoding or to an extractor: features computed before are then not used again.
   */
  public static final int VERSION = 2;

  /** The same for every training seed, so that runs share features and judge alike. */
  private static final long CONDITIONS_SEED = 77;

  /** Without degraded copies. */
  public FeaturePlan(FeatureSpec spec, int copies, long seed) {
    this(spec, copies, seed, 0, false);
  }

  /** What is trained on: everything but the conditions. */
  public FeaturePlan forTraining() {
    return new FeaturePlan(spec, copies, seed, degradedCopies, false);
  }

  /** What is judged alone: the recording itself, then one version for each degradation. */
  public FeaturePlan forConditions() {
    return new FeaturePlan(spec, 0, 0, 0, true);
  }

  /** How many versions of each utterance there are, the recording itself included. */
  int versions() {
    return 1 + copies + degradedCopies + (conditions ? Degradation.values().length : 0);
  }

  /**
   * The versions of an utterance, the recording itself first.
   *
   * @param random of the utterance
   */
  List<Copy> versions(String utterance, Gender gender, SplittableRandom random) {
    List<Copy> versions = new ArrayList<>();
    versions.add(Copy.clean(spec));
    for (int i = 0; i < copies; i++) {
      versions.add(Copy.voice(spec, gender, random));
    }
    // The i-th copies of all utterances are one archive; all stages get their turn.
    SplittableRandom archives = new SplittableRandom(seed);
    List<Stage> stages = List.of(Stage.values());
    for (int i = 0; i < degradedCopies; i++) {
      versions.add(
          Copy.ofArchive(spec, stages.get(i % stages.size()), archives.nextLong(), utterance));
    }
    if (conditions) {
      for (Degradation degradation : Degradation.values()) {
        versions.add(Copy.degraded(spec, degradation, CONDITIONS_SEED, utterance));
      }
    }
    return versions;
  }
}
