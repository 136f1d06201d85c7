package io.gemoclap.training.fit;

/** Training cannot continue; the message says why and what to do. */
public final class TrainingFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TrainingFailedException(String message) {
    super(message);
  }
}
