package io.gemoclap.cli.adapt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.features.SpeechFeatures;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * A segment with its features, as a job hands it over.
 *
 * @param id the segment
 * @param recording id of its recording
 * @param speaker as the metadata name it; empty if they do not
 * @param startSeconds in the recording
 * @param endSeconds in the recording
 * @param matrix its features, normalised
 */
record FeatureRow(
    String id,
    String recording,
    String speaker,
    double startSeconds,
    double endSeconds,
    FeatureMatrix matrix) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As a line of JSON. */
  static String json(SpeechFeatures segment) {
    SegmentRef ref = segment.ref();
    FeatureMatrix matrix = segment.matrix();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * matrix.values().length);
    bytes.asFloatBuffer().put(matrix.values());
    ObjectNode row = JSON.createObjectNode();
    row.put("id", ref.id());
    row.put("recording", ref.recording());
    row.put("speaker", NormalizeFeatures.speaker(ref.recording(), ref.metadata()));
    row.put("start", ref.startSeconds());
    row.put("end", ref.endSeconds());
    row.put("frames", matrix.frames());
    row.put("dims", matrix.dims());
    row.put("values", Base64.getEncoder().encodeToString(bytes.array()));
    return row.toString();
  }

  /** The opposite of {@link #json}. */
  static FeatureRow of(JsonNode row) {
    byte[] bytes = Base64.getDecoder().decode(row.path("values").asText());
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return new FeatureRow(
        row.path("id").asText(),
        row.path("recording").asText(),
        row.path("speaker").asText(),
        row.path("start").asDouble(),
        row.path("end").asDouble(),
        FeatureMatrix.of(row.path("frames").asInt(), row.path("dims").asInt(), values));
  }

  /** What its features are normalised with, and what cross-validation keeps together. */
  String group() {
    return group(speaker, recording);
  }

  /** The speaker, or else the recording. */
  static String group(String speaker, String recording) {
    return speaker.isBlank() ? "recording " + recording : "speaker " + speaker;
  }
}
