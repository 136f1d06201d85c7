package io.gemoclap.model.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.model.weights.Excerpt;
import java.io.IOException;
import org.apache.beam.sdk.annotations.Internal;

/**
 * The ids that a {@code tokenizer.json} can give.
 *
 * @hidden
 */
@Internal
public final class TokenizerVocabulary {
  private TokenizerVocabulary() {}

  /**
   * The largest id, added tokens included.
   *
   * @param origin what error messages call the text
   * @throws IOException when the text is not a tokenizer with a vocabulary
   */
  public static long largestId(String tokenizerJson, String origin) throws IOException {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(tokenizerJson);
    } catch (JsonProcessingException e) {
      throw new IOException(origin + " cannot be used: " + Excerpt.text(e.getOriginalMessage()), e);
    }
    // An object of ids by token, or, in unigram models, an array in the order of ids.
    JsonNode vocabulary = root.at("/model/vocab");
    long largest = vocabulary.isArray() ? vocabulary.size() - 1L : -1;
    if (vocabulary.isObject()) {
      for (JsonNode id : vocabulary) {
        largest = Math.max(largest, id.asLong(-1));
      }
    }
    if (largest < 0) {
      throw new IOException(origin + " cannot be used: it has no vocabulary");
    }
    for (JsonNode token : root.path("added_tokens")) {
      largest = Math.max(largest, token.path("id").asLong(-1));
    }
    return largest;
  }
}
