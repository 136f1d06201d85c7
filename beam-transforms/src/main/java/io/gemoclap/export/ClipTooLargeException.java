package io.gemoclap.export;

import java.io.IOException;

/** A format cannot hold a clip: costs the segment, and nothing else. */
final class ClipTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  ClipTooLargeException(String message) {
    super(message);
  }
}
