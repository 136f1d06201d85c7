package io.gemoclap.features;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * How features are standardised before a model sees them, and what is believed of a group of
 * segments in advance: the prior that dominates in short recordings. A hierarchical one has the
 * archive as a level between the training corpus and the groups.
 *
 * <p>An immutable value, thread-safe, that Jackson writes to JSON and reads back. The bundle of a
 * model that was trained on standardised features carries one.
 *
 * @param by whose statistics are used; {@code NONE}: the training corpus's alone
 * @param priorWeight how many segments of a group the level above weighs as much as; above 0
 * @param archiveWeight how many segments of an archive the training corpus weighs as much as; above
 *     0; null if the model knows no archive, as of bundles before the hierarchy
 * @param means mean of each column over the training corpus, in the column's unit
 * @param deviations deviation of each column in the column's unit, above 0: over the training
 *     corpus if hierarchical, otherwise typically within a group
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record NormalizationSpec(
    Normalization by,
    double priorWeight,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double archiveWeight,
    List<Float> means,
    List<Float> deviations)
    implements Serializable {
  private static final double LEAST_DEVIATION = 1e-4;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is missing, not finite, or not above 0 where it must be
   */
  public NormalizationSpec {
    if (by == null || means == null || deviations == null || means.isEmpty()) {
      throw new IllegalArgumentException("A normalisation lacks by, means or deviations");
    }
    if (!(priorWeight > 0) || Double.isInfinite(priorWeight)) {
      throw new IllegalArgumentException(
          "The prior weight of a normalisation is " + priorWeight + ", but must be above 0");
    }
    if (archiveWeight == null
        ? by.usesArchive()
        : !(archiveWeight > 0) || archiveWeight.isInfinite()) {
      throw new IllegalArgumentException(
          "The archive weight of a normalisation by %s is %s, but must be above 0"
              .formatted(by, archiveWeight));
    }
    if (means.size() != deviations.size()) {
      throw new IllegalArgumentException(
          "A normalisation has %s means, but %s deviations"
              .formatted(means.size(), deviations.size()));
    }
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (!means.stream().allMatch(Float::isFinite)
        || !deviations.stream().allMatch(d -> d > 0 && Float.isFinite(d))) {
      throw new IllegalArgumentException(
          "A normalisation's means must be finite, and its deviations finite and above 0");
    }
  }

  /** A normalisation that knows no archive. */
  public NormalizationSpec(
      Normalization by, double priorWeight, List<Float> means, List<Float> deviations) {
    this(by, priorWeight, null, means, deviations);
  }

  /**
   * Learns the level of the training corpus from its groups: mean and deviation over all segments,
   * each weighing 1. Least deviations are as of {@link #fit}.
   *
   * @param priorWeight as of this record
   * @param archiveWeight as of this record
   * @throws IllegalArgumentException if there is no segment, or columns differ between groups
   */
  @Internal
  public static NormalizationSpec fitHierarchy(
      double priorWeight, double archiveWeight, Collection<GroupStatistics> groups) {
    GroupStatistics all = GroupStatistics.none();
    for (GroupStatistics group : groups) {
      all = all.plus(group);
    }
    NormalizationSpec flat = fit(Normalization.NONE, priorWeight, List.of(all));
    return new NormalizationSpec(
        Normalization.AUTO, priorWeight, archiveWeight, flat.means, flat.deviations);
  }

  /**
   * Learns the prior from the groups of a training corpus: the mean over all segments, and the root
   * of the mean variance within groups, each segment weighing 1.
   *
   * <p>Groups of one segment say nothing of how a voice varies and are left out of the latter; if
   * there are no others, the variance over all segments takes its place. No deviation is less than
   * 1e-4, or than 1e-4 of the mean's magnitude.
   *
   * @param by the grouping that {@code groups} was made with
   * @param priorWeight as of this record
   * @throws IllegalArgumentException if there is no segment, or columns differ between groups
   */
  @Internal
  public static NormalizationSpec fit(
      Normalization by, double priorWeight, Collection<GroupStatistics> groups) {
    GroupStatistics all = GroupStatistics.none();
    List<GroupStatistics> several = new ArrayList<>();
    for (GroupStatistics group : groups) {
      all = all.plus(group);
      if (group.segments() > 1) {
        several.add(group);
      }
    }
    if (all.segments() == 0) {
      throw new IllegalArgumentException("A normalisation cannot be computed without segments");
    }
    List<GroupStatistics> within = several.isEmpty() ? List.of(all) : several;
    long segments = within.stream().mapToLong(GroupStatistics::segments).sum();
    List<Float> means = new ArrayList<>();
    List<Float> deviations = new ArrayList<>();
    for (int d = 0; d < all.dims(); d++) {
      double squares = 0;
      for (GroupStatistics group : within) {
        squares += group.squares(d);
      }
      double least = LEAST_DEVIATION * Math.max(1, Math.abs(all.mean(d)));
      means.add((float) all.mean(d));
      deviations.add((float) Math.max(least, Math.sqrt(squares / segments)));
    }
    return new NormalizationSpec(by, priorWeight, means, deviations);
  }

  /**
   * The same prior with another grouping.
   *
   * @throws IllegalArgumentException if it uses the archive, and this is not hierarchical
   */
  public NormalizationSpec withGrouping(Normalization by) {
    return new NormalizationSpec(by, priorWeight, archiveWeight, means, deviations);
  }

  /** The number of columns of the features. */
  public int dims() {
    return means.size();
  }

  /** The number of columns of standardised features: twice as many if hierarchical. */
  @Internal
  public int outputDims() {
    return isHierarchical() ? 2 * dims() : dims();
  }

  /**
   * Whether the archive is a level, and standardised features also hold the columns as the training
   * corpus alone measures them.
   */
  @JsonIgnore
  public boolean isHierarchical() {
    return archiveWeight != null;
  }

  /** What standardises matrices as this spec says. */
  @Internal
  public FeatureNormalizer normalizer() {
    return new FeatureNormalizer(this);
  }

  @Override
  public String toString() {
    return "by " + by + ", prior weight " + priorWeight;
  }
}
