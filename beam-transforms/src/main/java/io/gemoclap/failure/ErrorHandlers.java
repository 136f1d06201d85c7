package io.gemoclap.failure;

import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * What {@code withBadRecordErrorHandler} means for every transform that has it: the handler gets
 * each failure as a bad record, and the failures stay an output of the transform.
 *
 * @hidden
 */
@Internal
public final class ErrorHandlers {
  private ErrorHandlers() {}

  /** Gives the failures to the handler, if there is one. */
  public static void handle(
      @Nullable ErrorHandler<BadRecord, ?> handler, PCollection<Failure> failures) {
    if (handler != null) {
      handler.addErrorCollection(failures.apply("ToBadRecords", ToBadRecords.create()));
    }
  }
}
