package io.gemoclap.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The arrays that {@code oracle/golden-features.py} wrote. */
final class GoldenArrays {
  private static final String FOLDER = "/golden/features/";
  private static final JsonNode INDEX = readIndex();

  private GoldenArrays() {}

  private static JsonNode readIndex() {
    try (InputStream in = open("index.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String file) throws IOException {
    InputStream in = GoldenArrays.class.getResourceAsStream(FOLDER + file);
    if (in == null) {
      throw new IOException("No golden file " + file + "; run oracle/golden-features.py");
    }
    return in;
  }

  /** A signal in full scale 1, exactly as Python read it. */
  static float[] signal(String signal) {
    ByteBuffer bytes = bytes(entry(signal + "/signal"));
    float[] samples = new float[bytes.remaining() / Short.BYTES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = bytes.getShort() / 32_768f;
    }
    return samples;
  }

  /** What the reference says of a signal. */
  static FeatureMatrix reference(String signal, String features) {
    JsonNode entry = entry(signal + "/" + features);
    ByteBuffer bytes = bytes(entry);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    JsonNode shape = entry.get("shape");
    return FeatureMatrix.of(shape.get(0).asInt(), shape.get(1).asInt(), values);
  }

  private static JsonNode entry(String name) {
    for (JsonNode entry : INDEX) {
      if (entry.get("name").asText().equals(name)) {
        return entry;
      }
    }
    throw new IllegalArgumentException("No golden array " + name);
  }

  private static ByteBuffer bytes(JsonNode entry) {
    try (InputStream in = open(entry.get("file").asText())) {
      return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
