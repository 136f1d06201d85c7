package io.gemoclap.failure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Turns failures into the {@link BadRecord}s of Beam's error handlers, one for one.
 *
 * <p>Transforms apply it themselves to what {@code withBadRecordErrorHandler} gets:
 *
 * <pre>{@code
 * try (ErrorHandler.BadRecordErrorHandler<PDone> handler =
 *     pipeline.registerBadRecordErrorHandler(sink)) {
 *   recordings.apply(AnnotateSpeech.with("bundled").withBadRecordErrorHandler(handler));
 * }
 * }</pre>
 *
 * <p>The encoded record is the failed item's id, since a failure never holds audio; the readable
 * record is the failure as JSON. The exception is the failure's kind, the description its stage and
 * message. Element-wise, for bounded and unbounded input; has no settings.
 */
public final class ToBadRecords extends PTransform<PCollection<Failure>, PCollection<BadRecord>> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ToBadRecords() {}

  /** The conversion, which has no settings. */
  public static ToBadRecords create() {
    return new ToBadRecords();
  }

  @Override
  public PCollection<BadRecord> expand(PCollection<Failure> failures) {
    return failures
        .apply(
            "Convert",
            MapElements.into(TypeDescriptor.of(BadRecord.class)).via(ToBadRecords::badRecord))
        .setCoder(BadRecord.getCoder(failures.getPipeline()));
  }

  static BadRecord badRecord(Failure failure) {
    return BadRecord.builder()
        .setRecord(
            BadRecord.Record.builder()
                .setHumanReadableJsonRecord(json(failure))
                .addCoderAndEncodedRecord(StringUtf8Coder.of(), failure.getItem())
                .build())
        .setFailure(
            BadRecord.Failure.builder()
                .setException(failure.getKindName())
                .setDescription(failure.getStage() + ": " + failure.getMessage())
                .build())
        .build();
  }

  private static String json(Failure failure) {
    ObjectNode object = JSON.createObjectNode();
    object.put("item", failure.getItem());
    object.put("recording", failure.getRecording());
    object.put("stage", failure.getStage());
    object.put("kind", failure.getKindName());
    object.put("message", failure.getMessage());
    object.put("start_s", failure.getStartSeconds());
    object.set("metadata", JSON.valueToTree(failure.getMetadata()));
    return object.toString();
  }
}
