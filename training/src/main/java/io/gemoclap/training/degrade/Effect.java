package io.gemoclap.training.degrade;

import java.util.SplittableRandom;

/** One way in which samples are changed. Implementations are stateless. */
interface Effect {
  /**
   * Changes the samples of a recording.
   *
   * @param samples mono, 1.0 is full scale; not written to
   * @param rate in Hz, 8,000 or more
   * @param archive decides what all recordings of an archive share, such as the room
   * @param recording decides what each has of its own, such as the course of the noise
   * @return new samples
   */
  float[] apply(float[] samples, int rate, SplittableRandom archive, SplittableRandom recording);
}
