package io.gemoclap.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The safetensors format: eight bytes of header length, a JSON header, then raw little-endian data.
 *
 * <p>Nothing in such a file is ever executed, and every offset is checked against the file's size.
 * Reads F32, F16 and BF16 and widens the latter two; writes F32 with names in alphabetical order,
 * so that equal weights give equal bytes. Stateless.
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_HEADER = 16 << 20;
  private static final int ALIGNMENT = 8;

  private Safetensors() {}

  /**
   * Reads all tensors of a file of at most 2 GiB.
   *
   * @throws IOException when the file cannot be read or breaks the format; the message names it
   */
  public static Map<String, FloatTensor> read(Path file) throws IOException {
    try {
      return parse(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
    } catch (JsonProcessingException | IllegalArgumentException | ArithmeticException e) {
      throw new IOException(file + " is not a valid safetensors file: " + e.getMessage(), e);
    }
  }

  private static Map<String, FloatTensor> parse(ByteBuffer file) throws IOException {
    check(file.remaining() >= 8, "it has fewer than 8 bytes");
    long headerLength = file.getLong();
    check(
        headerLength > 0 && headerLength <= Math.min(MAX_HEADER, file.remaining()),
        "its header claims " + headerLength + " bytes");
    byte[] header = new byte[(int) headerLength];
    file.get(header);
    JsonNode root = JSON.readTree(header);
    check(root != null && root.isObject(), "its header is no JSON object");
    ByteBuffer data = file.slice().order(ByteOrder.LITTLE_ENDIAN);
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), data));
      }
    }
    return tensors;
  }

  private static FloatTensor tensor(String name, JsonNode entry, ByteBuffer data) {
    String type = entry.path("dtype").asText();
    long begin = entry.path("data_offsets").path(0).asLong(-1);
    long end = entry.path("data_offsets").path(1).asLong(-1);
    check(begin >= 0 && end >= begin && end <= data.limit(), name + " lies outside the file");
    long[] shape = JSON.convertValue(entry.path("shape"), long[].class);
    check(shape != null, name + " has no shape");
    int width = type.equals("F32") ? 4 : 2;
    check(
        type.equals("F32") || type.equals("F16") || type.equals("BF16"),
        name + " has the unsupported type '" + type + "'; F32, F16 and BF16 can be read");
    check((end - begin) % width == 0, name + " ends inside a value");
    ByteBuffer bytes = data.slice((int) begin, (int) (end - begin)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / width];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case "F32" -> bytes.getFloat();
            case "BF16" -> Float.intBitsToFloat(bytes.getShort() << 16);
            default -> halfToFloat(bytes.getShort());
          };
    }
    return new FloatTensor(values, shape);
  }

  private static float halfToFloat(short half) {
    int exponent = (half >> 10) & 0x1f;
    int fraction = half & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Float.intBitsToFloat(((exponent + 112) << 23) | (fraction << 13));
        };
    return half < 0 ? -magnitude : magnitude;
  }

  /** Writes tensors as F32, replacing the file. */
  public static void write(Path file, Map<String, FloatTensor> tensors) throws IOException {
    Map<String, FloatTensor> sorted = new TreeMap<>(tensors);
    ObjectNode header = JSON.createObjectNode();
    long offset = 0;
    for (Map.Entry<String, FloatTensor> entry : sorted.entrySet()) {
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", "F32");
      node.set("shape", JSON.valueToTree(entry.getValue().shape()));
      long end = offset + 4L * entry.getValue().values().length;
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] text = JSON.writeValueAsBytes(header);
    int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer out =
        ByteBuffer.allocate(Math.toIntExact(8 + padded + offset)).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(padded).put(text);
    out.put(" ".repeat(padded - text.length).getBytes(StandardCharsets.US_ASCII));
    for (FloatTensor tensor : sorted.values()) {
      out.asFloatBuffer().put(tensor.values());
      out.position(out.position() + 4 * tensor.values().length);
    }
    Files.write(file, out.array());
  }

  private static void check(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }
}
