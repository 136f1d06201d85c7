package io.gemoclap.audio.pcm;

import org.apache.beam.sdk.annotations.Internal;

/**
 * Takes the streams of a recording: all are opened before the first block of any of them.
 *
 * @hidden
 */
@Internal
public interface StreamSinks {
  /**
   * Opens the next stream.
   *
   * @param channels channels of the stream according to its header, at least 1
   * @param discontinuous whether jumps of timestamps are usual in the container, as in broadcasts
   */
  PcmSink open(int channels, boolean discontinuous) throws DecodeException;
}
