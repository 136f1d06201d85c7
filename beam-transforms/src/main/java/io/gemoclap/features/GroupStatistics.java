package io.gemoclap.features;

import java.io.Serializable;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Mean and variance of every feature column over the segments of a group, such as a recording.
 *
 * <p>Each segment weighs 1, however many frames it has: the mean is the mean of the segments' own
 * means, and the variance what lies within the segments plus what lies between them. So one class
 * serves rows of statistics and matrices of frames. Collected without labels.
 *
 * <p>An immutable value, thread-safe. Adding is associative and commutative up to the rounding of
 * doubles, and does not cancel digits where the mean is large against the deviation (Chan, Golub
 * and LeVeque 1979).
 *
 * @hidden
 */
@Internal
public final class GroupStatistics implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final GroupStatistics NONE = new GroupStatistics(0, new double[0], new double[0]);

  private final long segments;
  private final double[] means;
  private final double[] squares;

  /** Squares are summed over the segments, and deviations counted from the mean. */
  GroupStatistics(long segments, double[] means, double[] squares) {
    this.segments = segments;
    this.means = means;
    this.squares = squares;
  }

  /** The statistics of no segment, which have no columns. */
  public static GroupStatistics none() {
    return NONE;
  }

  /**
   * The statistics of one segment. A segment without rows, or with a value that is not finite, says
   * nothing: its statistics are {@link #none()}, so that it cannot spoil its group.
   *
   * @param segment frames × dims
   */
  public static GroupStatistics of(FeatureMatrix segment) {
    int dims = segment.dims();
    int frames = segment.frames();
    if (frames == 0) {
      return NONE;
    }
    double[] means = new double[dims];
    float[] values = segment.values();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return NONE;
      }
      means[i % dims] += (double) values[i] / frames;
    }
    double[] squares = new double[dims];
    for (int i = 0; i < values.length; i++) {
      double deviation = values[i] - means[i % dims];
      squares[i % dims] += deviation * deviation / frames;
    }
    return new GroupStatistics(1, means, squares);
  }

  /**
   * The statistics of the segments of both.
   *
   * @throws IllegalArgumentException if both have segments, but not equally many columns
   */
  public GroupStatistics plus(GroupStatistics other) {
    if (other.segments == 0) {
      return this;
    }
    if (segments == 0) {
      return other;
    }
    if (other.dims() != dims()) {
      throw new IllegalArgumentException(
          "Statistics of %s columns cannot be added to statistics of %s columns"
              .formatted(dims(), other.dims()));
    }
    long sum = segments + other.segments;
    double share = (double) other.segments / sum;
    double[] jointMeans = new double[dims()];
    double[] jointSquares = new double[dims()];
    for (int d = 0; d < jointMeans.length; d++) {
      double shift = other.means[d] - means[d];
      jointMeans[d] = means[d] + share * shift;
      jointSquares[d] = squares[d] + other.squares[d] + share * segments * shift * shift;
    }
    return new GroupStatistics(sum, jointMeans, jointSquares);
  }

  /** How many segments were counted. */
  public long segments() {
    return segments;
  }

  /** The number of columns; 0 without any segment. */
  public int dims() {
    return means.length;
  }

  /** Mean of a column, in its own unit. */
  public double mean(int column) {
    return means[column];
  }

  /** Mean square around the mean of a column, in its own unit squared; 0 or more. */
  public double variance(int column) {
    return squares[column] / segments;
  }

  double squares(int column) {
    return squares[column];
  }

  @Override
  public String toString() {
    return "GroupStatistics[" + segments + " segments, " + dims() + " columns]";
  }
}
