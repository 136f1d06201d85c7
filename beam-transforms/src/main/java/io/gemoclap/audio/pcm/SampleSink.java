package io.gemoclap.audio.pcm;

import org.apache.beam.sdk.annotations.Internal;

/**
 * Receives the samples of one recording, block by block, on the thread that decodes.
 *
 * @hidden
 */
@Internal
public interface SampleSink {
  /** Rate in Hz of the speech that features and models of this library take. */
  int SPEECH_RATE = 16_000;

  /** Largest number of samples in one call of {@link #accept}. */
  int MAX_BLOCK = 16_384;

  /**
   * Called once, before the first block, and not at all for a recording without samples.
   *
   * @param channels number of output channels that follow: for each decoded audio stream of the
   *     file one with {@link ChannelMode#MIX}, otherwise as many as it has
   * @throws DecodeException to stop decoding; it reaches the caller of {@code decode} as it is
   */
  void begin(int channels) throws DecodeException;

  /**
   * Takes the next block of one channel. Blocks of a channel come in order and without gaps.
   *
   * @param channel index of the stream, from 0
   * @param samples samples, 1.0 is full scale; valid only during the call, as the array is used
   *     again
   * @param length number of valid samples, 1 to {@link #MAX_BLOCK}
   * @throws DecodeException to stop decoding; it reaches the caller of {@code decode} as it is
   */
  void accept(int channel, float[] samples, int length) throws DecodeException;

  /**
   * Takes silence for a stretch of media time without sound: before the first block of a channel,
   * or in a gap. Without its own implementation, a sink takes it as samples.
   *
   * @param channel index of the stream, from 0
   * @param length number of samples, 1 to {@link #MAX_BLOCK}
   * @throws DecodeException to stop decoding; it reaches the caller of {@code decode} as it is
   */
  default void silence(int channel, int length) throws DecodeException {
    accept(channel, new float[length], length);
  }
}
