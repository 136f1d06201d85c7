package io.gemoclap.model.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsTest {
  @TempDir private Path folder;

  private Path file(String header, int... halves) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + 2 * halves.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text);
    for (int half : halves) {
      bytes.putShort((short) half);
    }
    return Files.write(folder.resolve("x.safetensors"), bytes.array());
  }

  private static String header(String type, String shape, int begin, int end) {
    return ("{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"w\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}}")
        .formatted(type, shape, begin, end);
  }

  private static String refusal(Path file) {
    String message = assertThrows(IOException.class, () -> Safetensors.read(file)).getMessage();
    assertTrue(message.contains(file.toString()), message);
    return message;
  }

  @Test
  void tensorsComeBackWithNamesShapesAndBits() throws IOException {
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    tensors.put("z.weight", new FloatTensor(new float[] {1, -0f, 3.5f, 1e-40f, 5, 6}, dims(2, 3)));
    tensors.put("a.scalar", new FloatTensor(new float[] {2.5f}, dims()));
    tensors.put("ö", new FloatTensor(new float[0], dims(0, 7)));
    Path file = folder.resolve("t.safetensors");
    Safetensors.write(file, tensors);
    Map<String, FloatTensor> back = Safetensors.read(file);
    assertEquals(tensors.keySet(), Set.copyOf(back.keySet()));
    tensors.forEach(
        (name, tensor) -> {
          assertArrayEquals(tensor.values(), back.get(name).values(), name);
          assertArrayEquals(tensor.shape(), back.get(name).shape(), name);
        });
  }

  private static long[] dims(long... shape) {
    return shape;
  }

  @Test
  void equalTensorsGiveEqualBytesInAnyOrder() throws IOException {
    FloatTensor one = new FloatTensor(new float[] {1}, dims(1));
    FloatTensor two = new FloatTensor(new float[] {2, 3}, dims(2));
    Map<String, FloatTensor> backwards = new LinkedHashMap<>();
    backwards.put("b", two);
    backwards.put("a", one);
    Map<String, FloatTensor> forwards = new LinkedHashMap<>();
    forwards.put("a", one);
    forwards.put("b", two);
    Safetensors.write(folder.resolve("1"), backwards);
    Safetensors.write(folder.resolve("2"), forwards);
    assertEquals(-1, Files.mismatch(folder.resolve("1"), folder.resolve("2")));
  }

  @Test
  void dataBeginsAtAMultipleOfEight() throws IOException {
    Path file = folder.resolve("t.safetensors");
    Safetensors.write(file, Map.of("abc", new FloatTensor(new float[] {1}, dims(1))));
    long header =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertEquals(0, header % 8);
    assertEquals(8 + header + 4, Files.size(file));
  }

  /**
   * IEEE 754 half precision: one, minus two, largest, least normal, least subnormal, infinities.
   */
  @Test
  void halfPrecisionIsWidenedExactly() throws IOException {
    int[] halves = {0x3C00, 0xC000, 0x7BFF, 0x0400, 0x0001, 0x8001, 0x3555};
    float[] values = Safetensors.read(file(header("F16", "[7]", 0, 14), halves)).get("w").values();
    assertArrayEquals(
        new float[] {1, -2, 65_504, 0x1p-14f, 0x1p-24f, -0x1p-24f, 0x1.554p-2f}, values);
  }

  @Test
  void brainFloatsAreWidenedExactly() throws IOException {
    int[] halves = {0x3F80, 0xC000, 0x3EAB, 0x8000};
    float[] values =
        Safetensors.read(file(header("BF16", "[2,2]", 0, 8), halves)).get("w").values();
    assertArrayEquals(new float[] {1, -2, 0x1.56p-2f, -0f}, values);
  }

  @ParameterizedTest
  @CsvSource({
    "F16, 7c00, Infinity",
    "F16, fc00, -Infinity",
    "F16, 7e00, NaN",
    "BF16, 7f80, Infinity",
    "BF16, ff80, -Infinity",
    "BF16, 7fc0, NaN",
    "F32, 7f800000, Infinity",
    "F32, ff800000, -Infinity",
    "F32, 7fc00000, NaN",
    "F32, ffffffff, NaN",
    "F64, 7ff0000000000000, Infinity",
    "F64, 7ff8000000000000, NaN",
    "F64, 7e37e43c8800759c, Infinity", // 1e300, which no float32 holds
  })
  void aValueThatIsNotFiniteIsRejectedForEveryType(String type, String bits, String value)
      throws IOException {
    int words = bits.length() / 4;
    int[] data = new int[3 * words];
    for (int i = 0; i < words; i++) {
      int end = bits.length() - 4 * i;
      data[words + i] = Integer.parseInt(bits.substring(end - 4, end), 16);
    }
    Path file = file(header(type, "[3]", 0, 6 * words), data);
    try (Weights checkpoint = Weights.open(file)) {
      String message = assertThrows(IOException.class, () -> checkpoint.read("w")).getMessage();
      assertTrue(message.startsWith(file + ": w has a value that is not finite"), message);
      assertTrue(message.contains("(" + value + ", value 2 of 3)"), message);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 8, 20})
  void aFileCutOffInItsHeaderIsRejected(int length) throws IOException {
    byte[] whole = Files.readAllBytes(file(header("F32", "[1]", 0, 4), 0, 0));
    Path cut = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(whole, length));
    assertTrue(refusal(cut).contains(length < 8 ? "fewer than 8 bytes" : "header claims"));
  }

  @Test
  void aHugeOrNegativeHeaderLengthIsRejected() throws IOException {
    for (long length : new long[] {-1, 0, 1L << 40, Long.MIN_VALUE}) {
      byte[] bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
      assertTrue(refusal(Files.write(folder.resolve("h"), bytes)).contains("header claims"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"not JSON", "[1,2]", "{\"w\":", "\"text\""})
  void aHeaderThatIsNotAJsonObjectIsRejected(String header) throws IOException {
    assertTrue(refusal(file(header, 1, 2)).contains("is not a valid safetensors file"));
  }

  @Test
  void offsetsOutsideTheFileAreRejected() throws IOException {
    int[][] offsets = {{0, 8}, {-4, 0}, {4, 0}, {8, 12}, {0, Integer.MAX_VALUE}};
    for (int[] range : offsets) {
      String message = refusal(file(header("F32", "[1]", range[0], range[1]), 0, 0));
      assertTrue(message.contains(": w "), message);
    }
    String message = refusal(file(header("F32", "[2]", 0, 8), 0, 0));
    assertTrue(message.contains("w ends at byte 8 of 4 bytes of data"), message);
  }

  @Test
  void aTensorOfAHundredGigabytesIsRejectedBeforeMemoryIsTaken() throws IOException {
    String claim = "{\"w\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[0,100000000000]}}";
    for (String shape : new String[] {"[25000000000]", "[250000,100000]"}) {
      String message = refusal(file(claim.formatted(shape), 0, 0));
      assertTrue(message.contains("w claims the shape ["), message);
    }
    String message =
        refusal(file(claim.replace("100000000000", "8000000000").formatted("[2000000000]"), 0, 0));
    assertTrue(message.contains("w ends at byte 8000000000 of 4 bytes of data"), message);
  }

  private static String two(int begin, int end) {
    return ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}}")
        .formatted(begin, end);
  }

  @Test
  void overlapsGapsAndLeftoversAreRejected() throws IOException {
    assertEquals(2, Safetensors.read(file(two(4, 8), 0, 0, 0, 0)).size());
    String message = refusal(file(two(0, 4), 0, 0, 0, 0));
    assertTrue(message.contains("begins at byte 0, but the previous tensor ends at 4"), message);
    message = refusal(file(two(2, 6), 0, 0, 0));
    assertTrue(message.contains("b begins at byte 2, but the previous tensor ends at 4"), message);
    message = refusal(file(two(8, 12), 0, 0, 0, 0, 0, 0));
    assertTrue(message.contains("b begins at byte 8, but the previous tensor ends at 4"), message);
    message = refusal(file(two(4, 8), 0, 0, 0, 0, 0));
    assertTrue(message.contains("its tensors end at byte 8 of 10 bytes"), message);
  }

  @Test
  void aDuplicateNameIsRejected() throws IOException {
    String message = refusal(file(two(4, 8).replace("\"b\"", "\"a\""), 0, 0, 0, 0));
    assertTrue(message.contains("Duplicate field 'a'"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"dtype\":\"F32\"}", "7", "null", "{\"dtype\":\"F32\",\"shape\":[]}"})
  void anIncompleteEntryIsRejected(String entry) throws IOException {
    refusal(file("{\"w\":" + entry + "}", 0, 0));
  }

  @Test
  void aLargeTensorIsReadAndWrittenInBlocks() throws IOException {
    Path file = folder.resolve("t.safetensors");
    float[] many = new float[200_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = i;
    }
    FloatTensor large = new FloatTensor(many, dims(400, 500));
    Safetensors.write(file, Map.of("a", large, "b", large));
    try (Weights checkpoint = Weights.open(file)) {
      assertArrayEquals(many, checkpoint.read("b").values());
      assertArrayEquals(many, checkpoint.read("a").values());
      Safetensors.write(folder.resolve("copy"), checkpoint);
    }
    assertEquals(-1, Files.mismatch(file, folder.resolve("copy")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"F8_E4M3", "C64", "f32", ""})
  void anUnsupportedTypeIsNamed(String type) throws IOException {
    String message = refusal(file(header(type, "[1]", 0, 4), 0, 0));
    assertTrue(message.contains("unsupported type '" + type + "'; F32, F16, BF16"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[2]", "[]", "[1,0]", "[4611686018427387904,4]", "[-1]", "\"x\"", "null"})
  void aShapeThatDoesNotFitTheDataIsRejected(String shape) throws IOException {
    // The scalar shape [] fits 4 bytes, so it is given 8.
    int end = shape.equals("[]") ? 8 : 4;
    refusal(file(header("F32", shape, 0, end), 0, 0, 0, 0));
  }

  @Test
  void bytesThatAreNotWholeNumberOfValuesAreRejected() throws IOException {
    refusal(file(header("F32", "[1]", 0, 6), 0, 0, 0));
  }
}
