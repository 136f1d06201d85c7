package io.gemoclap.audio;

/** What becomes of the channels of a recording. */
public enum ChannelMode {
  /** One stream: the mean of all channels, so that equal channels keep their level. */
  MIX,
  /** One stream for each channel, for instance for call recordings with one party per channel. */
  SPLIT
}
