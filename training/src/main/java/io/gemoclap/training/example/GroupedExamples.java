package io.gemoclap.training.example;

import com.google.common.collect.Iterators;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureNormalizer;
import io.gemoclap.features.GroupStatistics;
import io.gemoclap.features.Normalization;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Examples standardised with the statistics of their own group: of all recordings of a speaker, or
 * of all utterances of a recording; and of their archive, which is all groups together. The i-th
 * perturbed copies of a group are their own group, as if another voice had said them. Collected
 * without labels, in one pass; holds two numbers for each column, group and copy.
 */
public final class GroupedExamples {
  private final Normalization by;
  private final Map<String, GroupStatistics> groups;
  private final List<GroupStatistics> archives;

  private GroupedExamples(
      Normalization by, Map<String, GroupStatistics> groups, List<GroupStatistics> archives) {
    this.by = by;
    this.groups = groups;
    this.archives = archives;
  }

  /** Streams examples once and collects the statistics of their groups. */
  public static GroupedExamples collect(Examples examples, Normalization by) throws IOException {
    Map<String, GroupStatistics> groups = new LinkedHashMap<>();
    List<GroupStatistics> archives = new ArrayList<>();
    examples.forEach(
        example -> {
          for (int version = 0; version < example.versions().size(); version++) {
            GroupStatistics own = GroupStatistics.of(example.versions().get(version));
            groups.merge(key(example.utterance(), by, version), own, GroupStatistics::plus);
            if (version == archives.size()) {
              archives.add(GroupStatistics.none());
            }
            archives.set(version, archives.get(version).plus(own));
          }
        });
    return new GroupedExamples(by, groups, archives);
  }

  /**
   * The group of an utterance: its speaker, or where that is unknown, or not asked for, its
   * recording.
   */
  public static String group(Utterance utterance, Normalization by) {
    if (by.usesSpeakers() && !utterance.speaker().isEmpty()) {
      return "speaker " + utterance.speaker();
    }
    return "recording "
        + (utterance.recording().isEmpty() ? utterance.uri() : utterance.recording());
  }

  static String key(Utterance utterance, Normalization by, int version) {
    return group(utterance, by) + " " + version;
  }

  /** The prior that these groups teach. */
  public NormalizationSpec prior(double weight) {
    return NormalizationSpec.fit(by, weight, groups.values());
  }

  /** The level of the training corpus that these groups teach, for a hierarchy. */
  public NormalizationSpec hierarchy(double weight, double archiveWeight) {
    return NormalizationSpec.fitHierarchy(weight, archiveWeight, groups.values());
  }

  /** The same examples, each standardised with its group's and archive's statistics and a prior. */
  public Examples normalized(Examples examples, NormalizationSpec prior) {
    List<FeatureNormalizer> normalizers =
        archives.stream().map(prior.normalizer()::withArchive).toList();
    return new Examples() {
      @Override
      public int size() {
        return examples.size();
      }

      @Override
      public Reading read(SplittableRandom random) throws IOException {
        Reading raw = examples.read(random);
        return Reading.of(
            Iterators.transform(raw, example -> normalized(example, normalizers)), raw);
      }
    };
  }

  private Example normalized(Example example, List<FeatureNormalizer> normalizers) {
    List<FeatureMatrix> versions = new ArrayList<>();
    for (int version = 0; version < example.versions().size(); version++) {
      GroupStatistics group = groups.get(key(example.utterance(), by, version));
      versions.add(normalizers.get(version).normalize(example.versions().get(version), group));
    }
    return new Example(example.utterance(), example.seconds(), versions);
  }
}
