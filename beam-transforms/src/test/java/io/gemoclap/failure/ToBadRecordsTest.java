package io.gemoclap.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
final class ToBadRecordsTest {
  private static final Failure FAILURE =
      Failure.at("EmbedSpeech", FailureKind.MODEL, "call#0:2500-9000", "call", 2.5, "It is bad")
          .withMetadata(Map.of("agent", "Kim"));

  /** What a user hands to Beam: takes bad records, and keeps their descriptions. */
  private static final class Sink extends PTransform<PCollection<BadRecord>, PCollection<String>> {
    @Override
    public PCollection<String> expand(PCollection<BadRecord> errors) {
      return errors.apply(
          MapElements.into(TypeDescriptors.strings())
              .via(
                  bad ->
                      bad.getFailure().getException() + " " + bad.getFailure().getDescription()));
    }
  }

  @Test
  void failuresReachBeamsErrorHandler(TestPipeline pipeline) throws Exception {
    ErrorHandler.BadRecordErrorHandler<PCollection<String>> handler =
        pipeline.registerBadRecordErrorHandler(new Sink());
    try (handler) {
      handler.addErrorCollection(pipeline.apply(Create.of(FAILURE)).apply(ToBadRecords.create()));
    }
    PAssert.that(handler.getOutput()).containsInAnyOrder("MODEL EmbedSpeech: It is bad");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aBadRecordHasAllFieldsOfTheFailure() throws Exception {
    BadRecord bad = ToBadRecords.badRecord(FAILURE);

    JsonNode json = new ObjectMapper().readTree(bad.getRecord().getHumanReadableJsonRecord());
    assertEquals("call#0:2500-9000", json.get("item").asText());
    assertEquals("call", json.get("recording").asText());
    assertEquals("EmbedSpeech", json.get("stage").asText());
    assertEquals("MODEL", json.get("kind").asText());
    assertEquals("It is bad", json.get("message").asText());
    assertEquals(2.5, json.get("start_s").asDouble());
    assertEquals("Kim", json.get("metadata").get("agent").asText());
    assertEquals(
        "call#0:2500-9000",
        CoderUtils.decodeFromByteArray(StringUtf8Coder.of(), bad.getRecord().getEncodedRecord()));
    assertEquals(
        "call#0:2500-9000", new String(bad.getRecord().getEncodedRecord(), StandardCharsets.UTF_8));
  }
}
