package io.gemoclap.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import java.util.Map;
import org.apache.beam.sdk.schemas.transforms.DropFields;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ToJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The two ways from results to JSON that the documentation names. */
@ExtendWith(TestPipelineExtension.class)
final class AnnotationJsonTest {
  private static final Failure FAILURE =
      Failure.of("DecodeAudio", FailureKind.CORRUPT, "a", "a", "It is bad")
          .withMetadata(Map.of("agent", "Kim"));

  @Test
  void metadataIsWritten() throws Exception {
    JsonNode json = new ObjectMapper().readTree(AnnotationJson.of(FAILURE));
    assertEquals("Kim", json.get("metadata").get("agent").asText());
    assertEquals("CORRUPT", json.get("kind").asText());
  }

  /** Fails once Beam writes maps; the documentation must then say so. */
  @Test
  void beamsToJsonRefusesTheMetadata() {
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    RuntimeException e =
        assertThrows(
            RuntimeException.class, () -> pipeline.apply(Create.of(FAILURE)).apply(ToJson.of()));
    assertTrue(e.getMessage().contains("metadata"), e.getMessage());
  }

  @Test
  void beamsToJsonWritesTheRest(TestPipeline pipeline) {
    PAssert.that(
            pipeline
                .apply(Create.of(FAILURE))
                .apply(DropFields.fields("metadata"))
                .apply(ToJson.of()))
        .satisfies(
            lines -> {
              assertTrue(lines.iterator().next().contains("\"item\":\"a\""));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }
}
