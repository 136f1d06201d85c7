package io.gemoclap.sample;

import java.util.List;

/**
 * What a pass over the annotations found. Immutable.
 *
 * @param strata for each stratum the segments of the random part
 * @param uncertain the least confident segments, the least confident first
 * @param pool segments for the diverse part, in random order
 */
public record Draw(List<List<Candidate>> strata, List<Candidate> uncertain, List<Candidate> pool) {
  /** Copies the lists. */
  public Draw {
    strata = List.copyOf(strata);
    uncertain = List.copyOf(uncertain);
    pool = List.copyOf(pool);
  }
}
