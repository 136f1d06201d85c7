package io.gemoclap.features;

import java.io.Serializable;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/**
 * Where a stage gets the archive's statistics from: they are fixed, or a side input. Each instance
 * of a {@code DoFn} has its own, since it remembers the last normaliser.
 */
final class ArchiveSource implements Serializable {
  private static final long serialVersionUID = 1L;

  private final FeatureNormalizer fixed;
  private final @Nullable PCollectionView<Optional<GroupStatistics>> view;
  private transient @Nullable GroupStatistics seen;
  private transient @Nullable FeatureNormalizer last;

  /**
   * A source.
   *
   * @param fixed what standardises as long as the view has nothing
   * @param view statistics of the archive; null if {@code fixed} knows them, or none are used
   */
  ArchiveSource(
      FeatureNormalizer fixed, @Nullable PCollectionView<Optional<GroupStatistics>> view) {
    this.fixed = fixed;
    this.view = view;
  }

  /** A stage that may read the side input. */
  <I, O> ParDo.SingleOutput<I, O> reading(DoFn<I, O> stage) {
    return view == null ? ParDo.of(stage) : ParDo.of(stage).withSideInputs(view);
  }

  /** What standardises an element now. */
  FeatureNormalizer normalizer(DoFn<?, ?>.ProcessContext context) {
    GroupStatistics archive = view == null ? null : context.sideInput(view).orElse(null);
    FeatureNormalizer known = last;
    if (archive == null) {
      return fixed;
    }
    if (known == null || !archive.equals(seen)) {
      known = fixed.withArchive(archive);
      last = known;
      seen = archive;
    }
    return known;
  }
}
