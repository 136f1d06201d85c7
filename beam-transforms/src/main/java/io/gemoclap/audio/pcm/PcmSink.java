package io.gemoclap.audio.pcm;

import org.apache.beam.sdk.annotations.Internal;

/**
 * Takes the decoded samples of a stream as they are: native rate, one array for each channel.
 *
 * @hidden
 */
@Internal
public interface PcmSink {
  /**
   * Tells the rate in Hz and the channels of the blocks that follow; again whenever they change.
   */
  void format(int rate, int channels) throws DecodeException;

  /**
   * Tells when the next block was recorded. A source without timestamps never calls it.
   *
   * @param seconds media time of the next block's first sample, from the start of the media
   */
  default void at(double seconds) throws DecodeException {}

  /** Tells that the times of the blocks that follow have another origin than those before. */
  default void restart() throws DecodeException {}

  /**
   * Takes a block; the arrays belong to the caller again afterwards, but may be changed in place.
   */
  void block(float[][] planes, int length) throws DecodeException;
}
