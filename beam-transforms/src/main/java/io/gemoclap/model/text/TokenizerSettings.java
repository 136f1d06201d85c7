package io.gemoclap.model.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.model.weights.Excerpt;
import io.gemoclap.model.weights.HuggingFaceFolder;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Applies to a {@code tokenizer.json} what transformers takes from {@code tokenizer_config.json}
 * instead: {@code add_prefix_space}, which decides whether a sentence's first word is tokenized as
 * others are. Stateless.
 *
 * @hidden
 */
@Internal
public final class TokenizerSettings {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX_SPACE = "add_prefix_space";

  /** Classes that take everything from {@code tokenizer.json}. */
  private static final List<String> PLAIN = List.of("PreTrainedTokenizerFast", "TokenizersBackend");

  private TokenizerSettings() {}

  /**
   * The content of a folder's {@code tokenizer.json} as transformers would use it.
   *
   * @throws IOException naming the file that is missing or cannot be used
   */
  public static String apply(HuggingFaceFolder folder) throws IOException {
    String tokenizer = folder.tokenizer();
    HuggingFaceFolder.Settings settings = folder.tokenizerConfig().orElse(null);
    if (settings == null || PLAIN.contains(settings.json().path("tokenizer_class").asText())) {
      return tokenizer;
    }
    JsonNode prefixSpace = settings.json().path(PREFIX_SPACE);
    JsonNode root = parse(folder, tokenizer);
    boolean byteLevel = root.at("/pre_tokenizer/type").asText().equals("ByteLevel");
    if (!byteLevel || prefixSpace.isMissingNode() || prefixSpace.isNull()) {
      return tokenizer;
    }
    if (!prefixSpace.isBoolean()) {
      throw new IOException(
          "%s has an %s of %s; write true or false"
              .formatted(settings.file(), PREFIX_SPACE, Excerpt.text(prefixSpace.toString())));
    }
    ((ObjectNode) root.get("pre_tokenizer")).set(PREFIX_SPACE, prefixSpace);
    return JSON.writeValueAsString(root);
  }

  private static JsonNode parse(HuggingFaceFolder folder, String tokenizer) throws IOException {
    try {
      return JSON.readTree(tokenizer);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s cannot be used: %s"
              .formatted(
                  folder.folder().resolve("tokenizer.json"), Excerpt.text(e.getOriginalMessage())),
          e);
    }
  }
}
