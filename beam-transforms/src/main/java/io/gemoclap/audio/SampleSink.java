package io.gemoclap.audio;

/** Receives the samples of one recording, block by block, on the thread that decodes. */
public interface SampleSink {
  /**
   * Called once, before the first block, and not at all for a recording without samples.
   *
   * @param channels number of streams that follow: 1 for {@link ChannelMode#MIX}
   * @throws DecodeException to stop decoding; it reaches the caller of {@code decode} as it is
   */
  void begin(int channels) throws DecodeException;

  /**
   * Takes the next block of one channel. Blocks of a channel come in order and without gaps.
   *
   * @param channel index of the stream, from 0
   * @param samples samples, 1.0 is full scale; valid only during the call, as the array is used
   *     again
   * @param length number of valid samples, 1 to {@link AudioDecoder#MAX_BLOCK}
   * @throws DecodeException to stop decoding; it reaches the caller of {@code decode} as it is
   */
  void accept(int channel, float[] samples, int length) throws DecodeException;
}
