package io.gemoclap.audio.pcm;

/** What becomes of the channels of a recording. */
public enum ChannelMode {
  /**
   * One output channel for each audio stream: the mean of its channels, so that equal channels keep
   * their level. While channels cancel each other in their mean, those of opposite polarity are
   * turned first.
   */
  MIX,
  /**
   * One output channel for each channel, for instance for call recordings with one party per
   * channel. There are as many as the stream has at its beginning: should it have more later, the
   * last one is the mean of the rest; should it have fewer, the last one it has is repeated.
   */
  SPLIT
}
