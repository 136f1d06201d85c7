package io.gemoclap.cli.archive;

/**
 * How many recordings are annotated together: as many as take about ten minutes, so that a job that
 * is killed loses no more, and the start of a job weighs little. Learnt from part to part; not
 * thread-safe.
 */
public final class PartSize {
  private static final int FIRST = 64;
  private static final int MOST = 5_000;
  private static final int GROWTH = 16;
  private static final double SECONDS = 600;

  private final boolean fixed;
  private int size;

  private PartSize(boolean fixed, int size) {
    this.fixed = fixed;
    this.size = size;
  }

  /** Adapts to the pace. */
  public static PartSize adaptive() {
    return new PartSize(false, FIRST);
  }

  /** Always as many; from 1. */
  public static PartSize of(int recordings) {
    return new PartSize(true, recordings);
  }

  /** Recordings of the next part. */
  public int next() {
    return size;
  }

  /** Tells how long a part took. */
  public void took(int recordings, double seconds) {
    if (!fixed) {
      double wanted = recordings * SECONDS / Math.max(seconds, 0.001);
      size = (int) Math.max(1, Math.min(wanted, Math.min(MOST, (double) size * GROWTH)));
    }
  }
}
