package io.gemoclap.training.example;

import com.google.common.collect.Iterators;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureNormalizer;
import io.gemoclap.features.GroupStatistics;
import io.gemoclap.features.Normalization;
import io.gemoclap.features.NormalizationSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Examples standardised with levels drawn anew at every reading, so that one model learns to work
 * at each: a quarter with the training corpus alone, a quarter with an archive, a quarter with a
 * group, and a quarter with both. An archive is the example's own group and a random number of
 * others; of a group, 1, 2, 4, 8, 16 or all utterances are known, the example among them. The i-th
 * perturbed copies are standardised among themselves. Collected without labels, in one pass; holds
 * up to 32 utterances of each group and copy.
 */
final class SampledLevels {
  /** Groups of an archive besides the own one, at most. */
  private static final int MOST_GROUPS = 15;

  private static final int STEPS = 6;

  /** Of each copy, the groups by name. */
  private final List<Map<String, KnownSpeech>> versions;

  private final List<List<KnownSpeech>> listed;

  private SampledLevels(List<Map<String, KnownSpeech>> versions) {
    this.versions = versions;
    this.listed = versions.stream().map(groups -> List.copyOf(groups.values())).toList();
  }

  static SampledLevels collect(Examples examples) throws IOException {
    List<Map<String, KnownSpeech>> versions = new ArrayList<>();
    examples.forEach(
        example -> {
          for (int version = 0; version < example.versions().size(); version++) {
            if (version == versions.size()) {
              versions.add(new LinkedHashMap<>());
            }
            versions
                .get(version)
                .computeIfAbsent(group(example), name -> new KnownSpeech())
                .add(example.utterance().id(), GroupStatistics.of(example.versions().get(version)));
          }
        });
    return new SampledLevels(versions);
  }

  private static String group(Example example) {
    return GroupedExamples.group(example.utterance(), Normalization.AUTO);
  }

  /** The same examples; equal states of the reading's random numbers give equal levels. */
  Examples normalized(Examples examples, NormalizationSpec spec) {
    FeatureNormalizer normalizer = spec.normalizer();
    return new Examples() {
      @Override
      public int size() {
        return examples.size();
      }

      @Override
      public Reading read(SplittableRandom random) throws IOException {
        SplittableRandom levels = random.split();
        Reading raw = examples.read(random);
        return Reading.of(
            Iterators.transform(raw, example -> normalized(example, normalizer, levels)), raw);
      }
    };
  }

  private Example normalized(
      Example example, FeatureNormalizer normalizer, SplittableRandom random) {
    List<FeatureMatrix> normalized = new ArrayList<>();
    for (int version = 0; version < example.versions().size(); version++) {
      FeatureMatrix matrix = example.versions().get(version);
      KnownSpeech own = versions.get(version).get(group(example));
      GroupStatistics archive =
          random.nextBoolean() ? archive(own, version, random) : GroupStatistics.none();
      GroupStatistics group =
          random.nextBoolean()
              ? known(own, example.utterance().id(), matrix, random)
              : GroupStatistics.none();
      normalized.add(normalizer.withArchive(archive).normalize(matrix, group));
    }
    return new Example(example.utterance(), example.seconds(), normalized);
  }

  private GroupStatistics archive(KnownSpeech own, int version, SplittableRandom random) {
    List<KnownSpeech> groups = listed.get(version);
    GroupStatistics archive = own.all();
    int most = Math.min(MOST_GROUPS, groups.size() - 1);
    for (int others = random.nextInt(most + 1); others > 0; others--) {
      KnownSpeech other = groups.get(random.nextInt(groups.size()));
      archive = other == own ? archive : archive.plus(other.all());
    }
    return archive;
  }

  private static GroupStatistics known(
      KnownSpeech own, String id, FeatureMatrix matrix, SplittableRandom random) {
    int step = random.nextInt(STEPS);
    return step == STEPS - 1
        ? own.all()
        : own.with(id, GroupStatistics.of(matrix), (1 << step) - 1, random);
  }
}
