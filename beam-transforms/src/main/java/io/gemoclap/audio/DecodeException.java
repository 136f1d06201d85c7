package io.gemoclap.audio;

import io.gemoclap.failure.FailureKind;

/** Says in one sentence why a recording could not be decoded or cut into segments. */
public final class DecodeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  DecodeException(FailureKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  DecodeException(FailureKind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  static DecodeException unknownFormat() {
    return new DecodeException(
        FailureKind.UNSUPPORTED, "The file is of no known audio or media format.");
  }

  /** The kind of the failure; never null. */
  public FailureKind kind() {
    return kind;
  }
}
