package io.gemoclap.training.run;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureNormalizer;
import io.gemoclap.features.GroupStatistics;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.model.Embedder;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.degrade.Degradation;
import io.gemoclap.training.example.Example;
import io.gemoclap.training.example.Examples;
import io.gemoclap.training.example.GroupedExamples;
import io.gemoclap.training.example.KnownSpeech;
import io.gemoclap.training.prepare.FeaturePlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * What a fold's model says of test utterances at every level of normalisation: each is standardised
 * with the archive, which is all of them, or without it; and with nothing of its group, with itself
 * and {@code k − 1} others of its group, drawn at random among 32, or with the whole group. Without
 * normalisation there is one level.
 *
 * @param fold name of the fold
 * @param prior what the training part taught; null without normalisation
 * @param embedder of the fold's model
 * @param zeroShot its labels
 */
record Conditions(String fold, NormalizationSpec prior, Embedder embedder, ZeroShot zeroShot) {
  private static final int[] STEPS = {ConditionRow.NOTHING, 1, 2, 4, 8, 16, ConditionRow.ALL};
  private static final int[] STEPS_WHEN_DEGRADED = {ConditionRow.NOTHING, ConditionRow.ALL};
  private static final long SEED = 1;
  private static final int BATCH = 64;

  /** A perturbation and a level. */
  private record Condition(String perturbation, boolean archive, int known) {}

  /**
   * Judges utterances. With a normalisation it holds their features in memory.
   *
   * @param perturbation what was done to all of them
   * @param test their features as extracted, not yet normalised
   */
  List<ConditionRow> rows(String perturbation, Examples test) throws IOException {
    return rows(perturbation, test, STEPS);
  }

  /**
   * Judges utterances after each degradation: with nothing of their group, or with all of it. An
   * archive and a group are degraded like the utterance, as where all recordings were made alike.
   *
   * @param test the versions that {@link FeaturePlan#forConditions} plans
   */
  List<ConditionRow> degraded(Examples test) throws IOException {
    List<ConditionRow> rows = new ArrayList<>();
    for (Degradation degradation : Degradation.values()) {
      rows.addAll(rows(degradation.id(), test.only(1 + degradation.index()), STEPS_WHEN_DEGRADED));
    }
    return rows;
  }

  private List<ConditionRow> rows(String perturbation, Examples test, int[] steps)
      throws IOException {
    List<ConditionRow> rows = new ArrayList<>();
    if (prior == null) {
      Condition condition = new Condition(perturbation, false, ConditionRow.NOTHING);
      try (Examples.Reading reading = test.read(new SplittableRandom(0))) {
        judge(condition, reading, Example::clean, rows);
      }
      return rows;
    }
    List<Example> examples = new ArrayList<>();
    test.forEach(examples::add);
    Map<String, KnownSpeech> groups = groups(examples);
    GroupStatistics all =
        groups.values().stream()
            .map(KnownSpeech::all)
            .reduce(GroupStatistics.none(), GroupStatistics::plus);
    for (boolean archive : prior.isHierarchical() ? new boolean[] {false, true} : new boolean[1]) {
      FeatureNormalizer normalizer =
          prior.normalizer().withArchive(archive ? all : GroupStatistics.none());
      for (int step : steps) {
        SplittableRandom random = new SplittableRandom(SEED);
        judge(
            new Condition(perturbation, archive, step),
            examples.iterator(),
            example ->
                normalizer.normalize(
                    example.clean(), known(groups.get(group(example)), example, step, random)),
            rows);
      }
    }
    return rows;
  }

  private Map<String, KnownSpeech> groups(List<Example> examples) {
    Map<String, KnownSpeech> groups = new LinkedHashMap<>();
    for (Example example : examples) {
      groups
          .computeIfAbsent(group(example), name -> new KnownSpeech())
          .add(example.utterance().id(), GroupStatistics.of(example.clean()));
    }
    return groups;
  }

  private String group(Example example) {
    return GroupedExamples.group(example.utterance(), prior.by());
  }

  private static GroupStatistics known(
      KnownSpeech group, Example own, int step, SplittableRandom random) {
    return switch (step) {
      case ConditionRow.NOTHING -> GroupStatistics.none();
      case ConditionRow.ALL -> group.all();
      default ->
          group.with(own.utterance().id(), GroupStatistics.of(own.clean()), step - 1, random);
    };
  }

  private void judge(
      Condition condition,
      Iterator<Example> examples,
      Function<Example, FeatureMatrix> normalize,
      List<ConditionRow> rows) {
    while (examples.hasNext()) {
      List<Utterance> utterances = new ArrayList<>();
      List<FeatureMatrix> matrices = new ArrayList<>();
      while (examples.hasNext() && matrices.size() < BATCH) {
        Example example = examples.next();
        utterances.add(example.utterance());
        matrices.add(normalize.apply(example));
      }
      float[][] vectors = embedder.embedSpeech(matrices);
      for (int i = 0; i < vectors.length; i++) {
        rows.add(row(condition, utterances.get(i), vectors[i]));
      }
    }
  }

  private ConditionRow row(Condition condition, Utterance utterance, float[] vector) {
    return new ConditionRow(
        utterance.id(),
        fold,
        condition.perturbation(),
        condition.archive(),
        condition.known(),
        utterance.emotion(),
        zeroShot.emotions(vector),
        utterance.gender().name().toLowerCase(Locale.ROOT),
        zeroShot.genders(vector),
        null);
  }
}
