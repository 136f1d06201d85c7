package io.gemoclap.write;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import java.util.Map;
import org.apache.beam.sdk.testing.TestPipelineExtension;
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
}
