package io.gemoclap.features;

import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Turns the samples of one segment into a matrix of features, one row per frame.
 *
 * <p>Get one from {@link FeatureSpec#extractor()}. An extractor reuses its buffers from call to
 * call: it is <b>not thread-safe</b>, cheap to make, and best kept one per worker thread. The same
 * samples always give the same bits, whatever was extracted before.
 *
 * @hidden
 */
@Internal
public interface FeatureExtractor {

  /**
   * Extracts the features of one segment.
   *
   * @param samples mono samples at {@link FeatureSpec#sampleRate()}, full scale ±1; not modified
   * @return a new matrix with {@link #dims()} columns, in the order of {@link #names()}
   * @throws IllegalArgumentException if there are fewer than {@link #minSamples()} samples, or one
   *     of them is not a number or beyond ±1,000,000
   */
  FeatureMatrix extract(float[] samples);

  /** The number of columns. */
  int dims();

  /** The names of the columns, unique and in order, such as {@code logmel_00} or {@code f0_hz}. */
  List<String> names();

  /** The least number of samples that {@link #extract} accepts. */
  int minSamples();

  /** The time from one row to the next, in seconds. */
  double frameSeconds();
}
