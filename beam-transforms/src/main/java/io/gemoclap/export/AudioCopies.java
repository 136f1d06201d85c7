package io.gemoclap.export;

/** Where the audio of an exported corpus is. */
public enum AudioCopies {
  /** In the corpus: each segment is cut out and encoded. */
  EMBED,

  /** In the original recordings, which rows name with start and end. */
  LINK,

  /** Nowhere: rows name recordings without their folders. */
  NONE
}
