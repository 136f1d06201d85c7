package io.gemoclap.sample;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * A segment with its embedding, as passes hand it over. Immutable.
 *
 * @param segmentId id of the segment
 * @param vector the unit vector's components as 4-byte floats, in Base64
 */
public record Embedded(String segmentId, String vector) {

  static Embedded of(String segmentId, float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
    bytes.asFloatBuffer().put(vector);
    return new Embedded(segmentId, Base64.getEncoder().encodeToString(bytes.array()));
  }

  /** The unit vector. */
  float[] components() {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(vector));
    float[] components = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(components);
    return components;
  }
}
