package io.gemoclap.score;

import static java.util.Objects.requireNonNull;

import io.gemoclap.model.ModelManifest;
import io.gemoclap.refresh.StrictJson;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What a voice may sound like, and in which sentences that is said. Immutable.
 *
 * @param labels null for those of the model
 * @param templates null for those of the model
 */
public record EmotionPrompts(@Nullable Labels labels, @Nullable PromptTemplates templates)
    implements Serializable {
  /** The model's own labels and templates. */
  public static final EmotionPrompts OF_THE_MODEL = new EmotionPrompts(null, null);

  /** Beyond this, a set is a mistake: labels times templates, each a sentence to embed. */
  static final int MAX_SENTENCES = 10_000;

  /**
   * Checks how many sentences labels and templates make, once both are known.
   *
   * @throws IllegalArgumentException if there are more than 10,000
   */
  public EmotionPrompts {
    if (labels != null && templates != null) {
      int names = labels.labels().size();
      int patterns = templates.templates().size();
      long sentences = (long) names * patterns;
      if (sentences > MAX_SENTENCES) {
        throw new IllegalArgumentException(
            "%s labels in %s templates are %s sentences, but at most %s are allowed"
                .formatted(names, patterns, sentences, MAX_SENTENCES));
      }
    }
  }

  /**
   * A model's own labels and templates.
   *
   * @throws IllegalArgumentException if the manifest's are not fit for use, saying why
   */
  public static EmotionPrompts of(ModelManifest manifest) {
    return new EmotionPrompts(
        new Labels(manifest.labels()), new PromptTemplates(manifest.templates()));
  }

  /**
   * The prompts that are embedded: these, and the model's where these leave something to the model.
   *
   * @throws IllegalArgumentException if together they make too many sentences
   */
  public EmotionPrompts orElse(EmotionPrompts ofTheModel) {
    return new EmotionPrompts(
        labels == null ? ofTheModel.labels : labels,
        templates == null ? ofTheModel.templates : templates);
  }

  /** The labels, after {@link #orElse}. */
  @Internal
  public Labels knownLabels() {
    return requireNonNull(labels, "The labels are those of a model, which is not known here");
  }

  /** The templates, after {@link #orElse}. */
  @Internal
  public PromptTemplates knownTemplates() {
    return requireNonNull(templates, "The templates are those of a model, which is not known here");
  }

  /** The id of labels and templates, after {@link #orElse}: column {@code label_set}. */
  @Internal
  public String labelSet() {
    return knownLabels().id(knownTemplates());
  }

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
    return new EmotionPrompts(
        written.labels == null ? null : new Labels(noNulls(written.labels)),
        written.templates == null ? null : new PromptTemplates(noNulls(written.templates)));
  }

  private static List<String> noNulls(List<String> texts) {
    if (texts.contains(null)) {
      throw new IllegalArgumentException("The label set contains a null");
    }
    return texts;
  }
}
