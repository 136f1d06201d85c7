package io.gemoclap.features;

import java.io.Serializable;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Standardises features with the statistics of their group, shrunk towards the levels above: the
 * archive, if it is known, and the training corpus. Immutable and thread-safe; get one from {@link
 * NormalizationSpec#normalizer()}.
 *
 * <p>A value x of a column becomes (x − μ) / σ with the group's shrunken mean and variance ({@code
 * NormalizationLevel} has the formula). So a recording of many segments is measured by itself, a
 * single segment mostly by the levels above, and σ is never 0.
 *
 * <p>With a hierarchical spec, every row holds these columns first, and then the same columns
 * measured by the training corpus alone, which keep how the voice sounds in absolute terms.
 *
 * @hidden
 */
@Internal
public final class FeatureNormalizer implements Serializable {
  private static final long serialVersionUID = 2L;

  private final NormalizationSpec spec;
  private final NormalizationLevel corpus;
  private final NormalizationLevel above;
  private final String digest;

  FeatureNormalizer(NormalizationSpec spec) {
    this(spec, NormalizationLevel.corpus(spec), GroupStatistics.none(), FeatureOrigin.digest(spec));
  }

  private FeatureNormalizer(
      NormalizationSpec spec, NormalizationLevel corpus, GroupStatistics archive, String digest) {
    this.spec = spec;
    this.corpus = corpus;
    Double weight = spec.archiveWeight();
    this.above = weight == null ? corpus : corpus.below(archive, weight);
    this.digest = digest;
  }

  /**
   * A segment of which neither archive nor group are known, as a model takes it.
   *
   * @param spec the model's; null if it was trained without normalisation
   * @param segment frames × dims, in the units that the features come in
   */
  public static FeatureMatrix alone(@Nullable NormalizationSpec spec, FeatureMatrix segment) {
    return spec == null ? segment : spec.normalizer().normalize(segment, GroupStatistics.none());
  }

  /** The digest of the corpus statistics, as a {@link FeatureOrigin} has it. */
  String digest() {
    return digest;
  }

  /**
   * The same with other statistics of the archive. A spec that is not hierarchical has no such
   * level and ignores them.
   *
   * @param archive {@link GroupStatistics#none()} for an archive that nothing is known of
   * @throws IllegalArgumentException if the archive has another number of columns
   */
  public FeatureNormalizer withArchive(GroupStatistics archive) {
    return new FeatureNormalizer(spec, corpus, archive, digest);
  }

  /**
   * Standardises one segment.
   *
   * @param segment frames × dims, in the units that the features come in
   * @param group statistics of the segment's group, the segment included; {@link
   *     GroupStatistics#none()} for a group that nothing is known of, which leaves the levels above
   * @return a new matrix of {@link NormalizationSpec#outputDims()} columns, without unit
   * @throws IllegalArgumentException if the spec or the group has another number of columns
   */
  public FeatureMatrix normalize(FeatureMatrix segment, GroupStatistics group) {
    int dims = segment.dims();
    if (dims != corpus.dims() || (group.segments() > 0 && group.dims() != dims)) {
      throw new IllegalArgumentException(
          "Column counts differ: features %s, group statistics %s, normalisation %s"
              .formatted(dims, group.dims(), corpus.dims()));
    }
    int width = spec.outputDims();
    float[] values = new float[segment.frames() * width];
    above.below(group, spec.priorWeight()).standardize(segment, values, width, 0);
    if (spec.isHierarchical()) {
      corpus.standardize(segment, values, width, dims);
    }
    return FeatureMatrix.of(segment.frames(), width, values);
  }
}
