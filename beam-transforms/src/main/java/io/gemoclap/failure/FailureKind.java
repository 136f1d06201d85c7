package io.gemoclap.failure;

/** Why an item could not be processed, in terms that the owner of the recordings understands. */
public enum FailureKind {
  /** The item does not exist or could not be opened or read to its end by the file system. */
  UNREADABLE,
  /** The bytes are of no known audio container or codec. */
  UNSUPPORTED,
  /** The container was recognised, but nothing could be decoded from it. */
  CORRUPT,
  /** A sound file without a single sample, or a media file without an audio stream. */
  NO_AUDIO,
  /** A decoder limit was exceeded: seconds, bytes, channels or sampling rate. */
  LIMIT,
  /** Decoding took longer than the wall-clock limit. */
  TIMEOUT,
  /** The native decoder's process died of the file; only with isolated decoders. */
  CRASH,
  /** The item lies outside the roots that may be read. */
  FORBIDDEN,
  /** A segment without speech: silence, noise, music or another sound. */
  NO_SPEECH,
  /** A segment is too short or not fit for the features that were asked for. */
  UNFIT,
  /** The model failed on this item alone, while it could embed another input. */
  MODEL,
  /** Other labels or another model for a running job, not fit for use: the last good ones stay. */
  REFUSED,
  /** A defect of this library; the message holds the exception. */
  INTERNAL;

  /**
   * Whether the same item may succeed when it is tried again, on another worker or at another time:
   * the failure depends on more than the bytes and the settings. Such a failure is not remembered.
   */
  public boolean mayBeTemporary() {
    return switch (this) {
      case UNREADABLE, TIMEOUT, CRASH, MODEL, INTERNAL -> true;
      case UNSUPPORTED, CORRUPT, NO_AUDIO, LIMIT, FORBIDDEN, NO_SPEECH, UNFIT, REFUSED -> false;
    };
  }
}
