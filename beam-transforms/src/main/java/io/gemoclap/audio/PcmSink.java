package io.gemoclap.audio;

/** Takes decoded samples as they are in the source: native rate, one array for each channel. */
interface PcmSink {
  /**
   * Tells the rate in Hz and the channels of the blocks that follow; again whenever they change.
   */
  void format(int rate, int channels) throws DecodeException;

  /**
   * Takes a block; the arrays belong to the caller again afterwards, but may be changed in place.
   */
  void block(float[][] planes, int length) throws DecodeException;
}
