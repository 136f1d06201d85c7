package io.gemoclap.features;

import io.gemoclap.failure.FailureKind;
import io.gemoclap.failure.FaultPolicy;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Extracts features of one segment. This is the one place that decides what an exception of an
 * extractor means, for annotation and for training.
 *
 * @hidden
 */
@Internal
public final class GuardedExtraction {
  private GuardedExtraction() {}

  /**
   * Says in one sentence why a segment has no features.
   *
   * @hidden
   */
  public static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    private FailedException(FailureKind kind, String message, Throwable cause) {
      super(message, cause);
      this.kind = kind;
    }

    /** UNFIT if the extractor refuses the segment, INTERNAL for a defect. */
    public FailureKind kind() {
      return kind;
    }

    @Override
    public String getMessage() {
      return Objects.requireNonNullElse(super.getMessage(), "");
    }
  }

  /**
   * Extracts.
   *
   * @throws FailedException if the segment has no features
   * @throws io.gemoclap.failure.WorkerFaultException if the worker is at fault
   */
  public static FeatureMatrix of(Supplier<FeatureMatrix> extraction) throws FailedException {
    try {
      return extraction.get();
    } catch (IllegalArgumentException e) {
      throw new FailedException(FailureKind.UNFIT, String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      FaultPolicy.throwIfOfWorker(e);
      throw new FailedException(FailureKind.INTERNAL, "The feature extraction failed: " + e, e);
    }
  }
}
