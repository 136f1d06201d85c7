package io.gemoclap.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.List;
import javax.annotation.Nullable;

/**
 * What a voice may sound like, and in which sentences that is said. Immutable.
 *
 * @param labels null for those of the model
 * @param templates null for those of the model
 */
public record EmotionPrompts(@Nullable LabelSet labels, @Nullable PromptTemplates templates)
    implements Serializable {
  /** The model's own labels and templates. */
  public static final EmotionPrompts OF_THE_MODEL = new EmotionPrompts(null, null);

  /** Beyond this, a label set is a mistake; characters. */
  static final int MAX_LENGTH = 100_000;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The object that is written: both members may be left out. */
  private record Written(@Nullable List<String> labels, @Nullable List<String> templates) {}

  /**
   * Reads <code>{"labels": ["angry", "calm"], "templates": ["a {} voice"]}</code>; what is left out
   * is the model's.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static EmotionPrompts parse(String json) {
    if (json.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "The label set has %d characters, but at most %d are read"
              .formatted(json.length(), MAX_LENGTH));
    }
    Written written;
    try {
      written = JSON.readValue(json, Written.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The label set is not JSON: " + e.getOriginalMessage(), e);
    }
    if (written == null || (written.labels == null && written.templates == null)) {
      throw new IllegalArgumentException("The label set has neither labels nor templates");
    }
    return new EmotionPrompts(
        written.labels == null ? null : new LabelSet(noNulls(written.labels)),
        written.templates == null ? null : new PromptTemplates(noNulls(written.templates)));
  }

  private static List<String> noNulls(List<String> texts) {
    if (texts.contains(null)) {
      throw new IllegalArgumentException("The label set contains a null");
    }
    return texts;
  }
}
