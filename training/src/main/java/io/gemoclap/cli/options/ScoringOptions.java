package io.gemoclap.cli.options;

import io.gemoclap.score.Labels;
import io.gemoclap.score.PromptTemplates;
import io.gemoclap.score.ScoreEmotions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which labels embeddings are compared with, and what is shown of the result: a mixin. */
public final class ScoringOptions {
  @Option(
      names = "--labels",
      description = "Labels to choose from, such as angry,calm. Default: the model's.")
  private String labels;

  @Option(
      names = "--templates",
      description = "File of prompt templates, one per line, with {} for the label.")
  private String templates;

  @Option(names = "--top-k", description = "Number of most probable labels to keep. Default: all.")
  private Integer topK;

  @Option(
      names = "--abstain-below",
      description =
          "Mark results below this confidence as abstained; 0 for none. Default: what the model's"
              + " evaluation found, and 0 for models without it.")
  private Double abstainBelow;

  /**
   * The same transform with these settings.
   *
   * @throws IllegalArgumentException if one of them is out of range
   * @throws IOException if the file of templates cannot be read
   */
  public ScoreEmotions configure(ScoreEmotions score) throws IOException {
    ScoreEmotions scored = labels == null ? score : score.withLabels(Labels.parse(labels));
    scored = templates == null ? scored : scored.withTemplates(PromptTemplates.read(templates));
    scored = topK == null ? scored : scored.withTopK(topK);
    return abstainBelow == null ? scored : scored.withAbstainBelow(abstainBelow);
  }

  /** The labels in words; null for the model's. */
  public @Nullable String labels() {
    return labels == null ? null : String.join(",", Labels.parse(labels).labels());
  }

  /** The templates in words; null for the model's. */
  public @Nullable String templates() throws IOException {
    return templates == null
        ? null
        : String.join(" | ", PromptTemplates.read(templates).templates());
  }

  /** How many labels are kept; null for all. */
  public @Nullable Integer topK() {
    return topK;
  }

  /** The least confidence that is shown; null for what the bundle says. */
  public @Nullable Double abstainBelow() {
    return abstainBelow;
  }
}
