package io.gemoclap.training.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.Iterator;

/** JSON Lines: one object a line, unpacked if the name ends in {@code .gz}. */
final class JsonLines {
  private static final ObjectReader READER =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonLines() {}

  /** Takes one object. */
  interface Each {
    void accept(JsonNode object, long line);
  }

  /** Reads all lines; those that hold no object become problems, blank ones are passed over. */
  static void read(String uri, Reading problems, Each each) throws IOException {
    Iterator<String> lines = Location.text(uri).lines().iterator();
    for (long line = 1; lines.hasNext(); line++) {
      String text = lines.next();
      if (text.isBlank()) {
        continue;
      }
      try {
        JsonNode node = READER.readTree(text);
        if (node.isObject()) {
          each.accept(node, line);
        } else {
          problems.problem(uri, line, "the line is not a JSON object");
        }
      } catch (JsonProcessingException e) {
        problems.problem(uri, line, "the line is not JSON: " + e.getOriginalMessage());
      }
    }
  }

  /** The first of the fields that holds something, as text; empty if none does. */
  static String text(JsonNode object, String... fields) {
    for (String field : fields) {
      JsonNode value = object.path(field);
      if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
        return value.asText().strip();
      }
    }
    return "";
  }
}
