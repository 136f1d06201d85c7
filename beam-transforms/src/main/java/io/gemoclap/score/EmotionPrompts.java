package io.gemoclap.score;

import io.gemoclap.live.StrictJson;
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

  /** Beyond this, a set is a mistake: labels times templates, each a sentence to embed. */
  private static final int MAX_SENTENCES = 10_000;

  /** The object that is written: both members may be left out. */
  private record Written(@Nullable List<String> labels, @Nullable List<String> templates) {}

  /**
   * Reads <code>{"labels": ["angry", "calm"], "templates": ["a {} voice"]}</code>; what is left out
   * is the model's.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static EmotionPrompts parse(String json) {
    Written written = StrictJson.read("label set", json, Written.class);
    if (written == null || (written.labels == null && written.templates == null)) {
      throw new IllegalArgumentException("The label set has neither labels nor templates");
    }
    long sentences = (long) count(written.labels) * count(written.templates);
    if (sentences > MAX_SENTENCES) {
      throw new IllegalArgumentException(
          "The label set makes %s sentences, but at most %s are embedded"
              .formatted(sentences, MAX_SENTENCES));
    }
    return new EmotionPrompts(
        written.labels == null ? null : new LabelSet(noNulls(written.labels)),
        written.templates == null ? null : new PromptTemplates(noNulls(written.templates)));
  }

  private static int count(@Nullable List<String> texts) {
    return texts == null ? 1 : texts.size();
  }

  private static List<String> noNulls(List<String> texts) {
    if (texts.contains(null)) {
      throw new IllegalArgumentException("The label set contains a null");
    }
    return texts;
  }
}
