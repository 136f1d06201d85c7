package io.gemoclap.model.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses the JSON header of a safetensors file and verifies that it describes the data after it.
 */
final class SafetensorsHeader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private SafetensorsHeader() {}

  /**
   * A tensor of the file.
   *
   * @param begin where its bytes begin, counted from the end of the header
   */
  @SuppressWarnings("ArrayRecordComponent") // a line of a header, never compared
  record Entry(ElementType type, long[] shape, long begin, long count) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @SuppressWarnings("ArrayRecordComponent") // the file's own words, never compared
  private record Written(
      @Nullable String dtype, long @Nullable [] shape, long @Nullable [] dataOffsets) {}

  /**
   * The tensors in the header's order.
   *
   * @param dataBytes size of the data after the header, every byte of which belongs to one tensor
   * @throws IllegalArgumentException or a JSON exception that names the tensor and what is wrong
   */
  static Map<String, Entry> parse(byte[] header, long dataBytes) throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(header)) {
      check(parser.nextToken() == JsonToken.START_OBJECT, "its header is not a JSON object");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        check(entries.size() < Limits.TENSORS, "it has over " + Limits.TENSORS + " tensors");
        parser.nextToken();
        if (name.equals("__metadata__")) {
          parser.skipChildren();
        } else {
          entries.put(name, entry(name, JSON.readValue(parser, Written.class)));
        }
      }
      check(parser.nextToken() == null, "the header has data after its JSON object");
    }
    checkCoverage(entries, dataBytes);
    return entries;
  }

  private static Entry entry(String name, @Nullable Written written) {
    Written tensor = present(written, name + " has no dtype");
    String dtype = present(tensor.dtype(), name + " has no dtype");
    long[] shape = present(tensor.shape(), name + " has no shape");
    long[] offsets = present(tensor.dataOffsets(), name + " has no data_offsets");
    check(offsets.length == 2, name + " has no data_offsets");
    ElementType type = type(name, dtype);
    long count = Limits.count(name, shape);
    long bytes = offsets[1] - offsets[0];
    check(
        offsets[0] >= 0 && bytes == count * type.bytes(),
        "%s is at bytes %s, but %s of shape %s has another size"
            .formatted(name, Arrays.toString(offsets), type, Arrays.toString(shape)));
    return new Entry(type, shape, offsets[0], count);
  }

  private static ElementType type(String name, String dtype) {
    try {
      return ElementType.valueOf(dtype);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          name + " has the unsupported type '" + dtype + "'; F32, F16, BF16 and F64 can be read",
          e);
    }
  }

  /** No gap, no overlap, nothing outside: so that no two readers can see different weights. */
  private static void checkCoverage(Map<String, Entry> entries, long dataBytes) {
    List<Map.Entry<String, Entry>> inOrder =
        entries.entrySet().stream()
            .sorted(
                Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
                    .thenComparingLong(e -> e.getValue().count()))
            .toList();
    long end = 0;
    for (Map.Entry<String, Entry> each : inOrder) {
      long begin = each.getValue().begin();
      String name = each.getKey();
      check(
          begin == end,
          name + " begins at byte " + begin + ", but the previous tensor ends at " + end);
      end = begin + each.getValue().count() * each.getValue().type().bytes();
      check(
          end <= dataBytes, name + " ends at byte " + end + " of " + dataBytes + " bytes of data");
    }
    check(
        end == dataBytes, "its tensors end at byte " + end + " of " + dataBytes + " bytes of data");
  }

  private static <T> T present(@Nullable T value, String otherwise) {
    if (value == null) {
      throw new IllegalArgumentException(otherwise);
    }
    return value;
  }

  private static void check(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }
}
