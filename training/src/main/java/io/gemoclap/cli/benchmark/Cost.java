package io.gemoclap.cli.benchmark;

/**
 * What working through some audio took.
 *
 * @param audioSeconds length of the audio
 * @param cpuSeconds processor time of all threads
 */
record Cost(double audioSeconds, double cpuSeconds) {
  /** Seconds of audio for a second of processor time. */
  double rate() {
    return audioSeconds / cpuSeconds;
  }
}
