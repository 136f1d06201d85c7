package io.gemoclap.training.degrade;

/** How much a degradation changes: labels are expected to hold more often under mild ones. */
public enum Severity {
  /** Speech stays easy to follow, such as with faint noise. */
  MILD,
  /** A listener notices at once, such as on the telephone. */
  HARSH
}
