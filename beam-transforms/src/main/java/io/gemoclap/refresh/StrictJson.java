package io.gemoclap.refresh;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Reads what people send to a running job: unknown members, repeated ones and rests are errors.
 *
 * @hidden
 */
@Internal
public final class StrictJson {
  /** Beyond this, a text is a mistake; characters. */
  public static final int MAX_LENGTH = 100_000;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private StrictJson() {}

  /**
   * Reads an object.
   *
   * @param what the text's name in error messages, as in {@code "label set"}
   * @return null for JSON's {@code null}
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static <T> T read(String what, String json, Class<T> type) {
    if (json.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "The %s has %s characters, but at most %s are read"
              .formatted(what, json.length(), MAX_LENGTH));
    }
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The %s is not JSON as expected: %s".formatted(what, e.getOriginalMessage()), e);
    }
  }
}
