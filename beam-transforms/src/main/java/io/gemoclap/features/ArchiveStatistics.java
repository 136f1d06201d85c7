package io.gemoclap.features;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.coders.SerializableCoder;

/**
 * The statistics of an archive, with which the features of all its segments are standardised. An
 * immutable value, thread-safe, that Jackson writes to JSON and reads back.
 *
 * <p>Numbers are kept as floats, so that sums in another order give the same version.
 *
 * @param featureSpec digest of the {@link FeatureSpec} that the features are of
 * @param recordings how many recordings were decoded for them
 * @param segments how many of their segments were counted, each weighing 1
 * @param seconds length of these segments in all
 * @param means mean of each column, in the column's unit; empty without segments
 * @param deviations deviation of each column, in the column's unit, 0 or more
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@DefaultCoder(SerializableCoder.class)
public record ArchiveStatistics(
    String featureSpec,
    long recordings,
    long segments,
    double seconds,
    List<Float> means,
    List<Float> deviations)
    implements Serializable {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if numbers are missing, or cannot be those of statistics
   */
  public ArchiveStatistics {
    if (featureSpec == null || means == null || deviations == null) {
      throw new IllegalArgumentException(
          "Archive statistics lack feature_spec, means or deviations");
    }
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (means.size() != deviations.size() || (segments > 0) == means.isEmpty() || segments < 0) {
      throw new IllegalArgumentException(
          "Archive statistics of %s segments have %s means and %s deviations"
              .formatted(segments, means.size(), deviations.size()));
    }
    if (!means.stream().allMatch(Float::isFinite)
        || !deviations.stream().allMatch(d -> d >= 0 && Float.isFinite(d))) {
      throw new IllegalArgumentException(
          "The means of archive statistics must be finite, and their deviations finite and 0 or"
              + " more");
    }
  }

  /** The statistics of some segments. */
  @Internal
  public static ArchiveStatistics of(
      FeatureSpec spec, long recordings, double seconds, GroupStatistics segments) {
    List<Float> means = new ArrayList<>();
    List<Float> deviations = new ArrayList<>();
    for (int d = 0; d < segments.dims(); d++) {
      means.add((float) segments.mean(d));
      deviations.add((float) Math.sqrt(segments.variance(d)));
    }
    return new ArchiveStatistics(
        FeatureOrigin.of(spec).spec(), recordings, segments.segments(), seconds, means, deviations);
  }

  /** The same as a sum of segments. */
  GroupStatistics sum() {
    double[] sums = new double[means.size()];
    double[] squares = new double[means.size()];
    for (int d = 0; d < sums.length; d++) {
      double deviation = deviations.get(d);
      sums[d] = means.get(d);
      squares[d] = deviation * deviation * segments;
    }
    return segments == 0 ? GroupStatistics.none() : new GroupStatistics(segments, sums, squares);
  }

  /** Names the numbers: equal ones have the same version, eight hexadecimal digits. */
  public String version() {
    return FeatureOrigin.digest(List.of(featureSpec, segments, means, deviations));
  }

  /**
   * Checks that they are of some features.
   *
   * @throws IllegalArgumentException if they are of others
   */
  @Internal
  public void requireFeatures(FeatureSpec spec) {
    String wanted = FeatureOrigin.of(spec).spec();
    if (!featureSpec.equals(wanted)) {
      throw new IllegalArgumentException(
          "The archive statistics are of feature spec %s, but must be of %s"
              .formatted(featureSpec, wanted));
    }
  }

  @Override
  public String toString() {
    return "%s (%s segments of %s recordings)".formatted(version(), segments, recordings);
  }
}
