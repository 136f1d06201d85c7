package io.gemoclap.audio.pcm;

import io.gemoclap.failure.FailureKind;
import java.util.Objects;
import org.apache.beam.sdk.annotations.Internal;

/** Says in one sentence why a recording could not be decoded or cut into segments. */
public final class DecodeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  /** For a custom {@code Segmenter}: the recording becomes a failure of this kind. */
  public DecodeException(FailureKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** The same with a cause. */
  public DecodeException(FailureKind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** A file of no known format. */
  @Internal
  public static DecodeException unknownFormat() {
    return new DecodeException(
        FailureKind.UNSUPPORTED, "The file is not in a known audio or media format.");
  }

  /** Says what failed and, in one line, why; some file systems add a stack trace of the server. */
  @Internal
  public static DecodeException unreadable(String what, Throwable cause) {
    String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new DecodeException(
        FailureKind.UNREADABLE, what + ": " + why.lines().findFirst().orElse(""), cause);
  }

  /** One sentence for a person; empty where a cause had none. */
  @Override
  public String getMessage() {
    return Objects.requireNonNullElse(super.getMessage(), "");
  }

  /** The kind of the failure; never null. */
  public FailureKind kind() {
    return kind;
  }
}
