package io.gemoclap.training.run;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureNormalizer;
import io.gemoclap.features.GroupStatistics;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.model.Embedder;
import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import io.gemoclap.training.evaluate.ConfusionMatrix;
import io.gemoclap.training.example.Example;
import io.gemoclap.training.example.Examples;
import io.gemoclap.training.example.GroupedExamples;
import io.gemoclap.training.example.KnownSpeech;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How good normalisation is at each level: each test utterance is standardised with the archive,
 * which is the test part, or without it; and with itself and {@code k − 1} others of its group,
 * drawn at random among 32.
 *
 * @param archive whether the archive is known; only a hierarchical normalisation uses it
 * @param known k: 1, 2, 4, 8, 16, or 0 for all; −1 if nothing is known of the group
 * @param confusion of the test part, truth by prediction
 * @param genders number of utterances whose gender is known
 * @param rightGenders those of them that are assigned to it
 */
@SuppressWarnings("ArrayRecordComponent") // a file's content, never compared
record EnrollmentFigures(
    boolean archive, int known, int[][] confusion, int genders, int rightGenders) {
  /** All utterances of a group are known. */
  static final int ALL = 0;

  /** None of a group is. */
  static final int NOTHING = -1;

  private static final int[] STEPS = {NOTHING, 1, 2, 4, 8, 16, ALL};
  private static final long SEED = 1;

  /** Measures a test part, whose features it holds in memory. */
  static List<EnrollmentFigures> of(
      Examples test,
      NormalizationSpec prior,
      List<String> labels,
      Embedder embedder,
      ZeroShot zeroShot)
      throws IOException {
    List<Example> examples = new ArrayList<>();
    Map<String, KnownSpeech> groups = new LinkedHashMap<>();
    test.forEach(
        example -> {
          examples.add(example);
          groups
              .computeIfAbsent(
                  GroupedExamples.group(example.utterance(), prior.by()), g -> new KnownSpeech())
              .add(example.utterance().id(), GroupStatistics.of(example.clean()));
        });
    GroupStatistics archive =
        groups.values().stream()
            .map(KnownSpeech::all)
            .reduce(GroupStatistics.none(), GroupStatistics::plus);
    List<EnrollmentFigures> all = new ArrayList<>();
    for (boolean known : prior.isHierarchical() ? new boolean[] {false, true} : new boolean[1]) {
      FeatureNormalizer normalizer =
          prior.normalizer().withArchive(known ? archive : GroupStatistics.none());
      for (int step : STEPS) {
        SplittableRandom random = new SplittableRandom(SEED);
        Counts counts = new Counts(ConfusionMatrix.of(labels), labels);
        for (Example example : examples) {
          KnownSpeech group = groups.get(GroupedExamples.group(example.utterance(), prior.by()));
          FeatureMatrix matrix =
              normalizer.normalize(example.clean(), known(group, example, step, random));
          float[] vector = embedder.embedSpeech(List.of(matrix))[0];
          counts.add(example.utterance(), zeroShot.emotions(vector), zeroShot.genders(vector));
        }
        all.add(counts.figures(known, step));
      }
    }
    return all;
  }

  private static GroupStatistics known(
      KnownSpeech group, Example own, int step, SplittableRandom random) {
    return switch (step) {
      case NOTHING -> GroupStatistics.none();
      case ALL -> group.all();
      default ->
          group.with(own.utterance().id(), GroupStatistics.of(own.clean()), step - 1, random);
    };
  }

  /** Counts of one level. */
  private static final class Counts {
    private final ConfusionMatrix confusion;
    private final List<String> labels;
    private int genders;
    private int rightGenders;

    Counts(ConfusionMatrix confusion, List<String> labels) {
      this.confusion = confusion;
      this.labels = labels;
    }

    void add(Utterance utterance, double[] emotion, double[] gender) {
      confusion.add(labels.indexOf(utterance.emotion()), ZeroShotClassifier.top(emotion));
      if (utterance.gender() != Gender.UNKNOWN) {
        genders++;
        rightGenders += ZeroShotClassifier.top(gender) == utterance.gender().index() ? 1 : 0;
      }
    }

    EnrollmentFigures figures(boolean archive, int known) {
      return new EnrollmentFigures(archive, known, confusion.counts(), genders, rightGenders);
    }
  }
}
