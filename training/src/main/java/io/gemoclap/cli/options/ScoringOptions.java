package io.gemoclap.cli.options;

import io.gemoclap.score.Labels;
import io.gemoclap.score.PromptTemplates;
import io.gemoclap.score.ScoreEmotions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which labels embeddings are compared with, and what is shown of the result: a mixin. */
public final class ScoringOptions {
  private static final String OF_MODEL = "the model's";
  private static final String ALL = "all";
  private static final String JOINT = " | ";
  private static final String SEPARATOR = Pattern.quote(JOINT);

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

  /** The templates of an earlier job, which may have been given in a file that is gone. */
  private @Nullable PromptTemplates earlier;

  /**
   * Takes the settings of an earlier job where these options are not given.
   *
   * @param settings by the names of the options, as {@code job.json} has them
   * @return the options that were taken, as a command line has them
   */
  public List<String> inherit(Map<String, String> settings) {
    List<String> taken = new ArrayList<>();
    if (labels == null && isGiven(settings, "--labels", taken)) {
      labels = settings.get("--labels");
    }
    if (templates == null && isGiven(settings, "--templates", taken)) {
      earlier = new PromptTemplates(List.of(settings.get("--templates").split(SEPARATOR, -1)));
    }
    if (topK == null && isGiven(settings, "--top-k", taken)) {
      topK = Integer.valueOf(settings.get("--top-k"));
    }
    if (abstainBelow == null && isGiven(settings, "--abstain-below", taken)) {
      abstainBelow = Double.valueOf(settings.get("--abstain-below"));
    }
    return taken;
  }

  private static boolean isGiven(Map<String, String> settings, String name, List<String> taken) {
    String value = settings.getOrDefault(name, OF_MODEL);
    boolean given = !value.equals(OF_MODEL) && !value.equals(ALL);
    if (given) {
      taken.add(name + "=" + value);
    }
    return given;
  }

  /** Puts these settings into words, by the names of the options: the opposite of inheriting. */
  public void describe(Map<String, String> settings) throws IOException {
    PromptTemplates worded = read();
    settings.put(
        "--labels", labels == null ? OF_MODEL : String.join(",", Labels.parse(labels).labels()));
    settings.put("--templates", worded == null ? OF_MODEL : String.join(JOINT, worded.templates()));
    settings.put("--top-k", topK == null ? ALL : topK.toString());
    settings.put("--abstain-below", abstainBelow == null ? OF_MODEL : abstainBelow.toString());
  }

  /**
   * The same transform with these settings.
   *
   * @throws IllegalArgumentException if one of them is out of range
   * @throws IOException if the file of templates cannot be read
   */
  public ScoreEmotions configure(ScoreEmotions score) throws IOException {
    ScoreEmotions scored = labels == null ? score : score.withLabels(Labels.parse(labels));
    PromptTemplates worded = read();
    scored = worded == null ? scored : scored.withTemplates(worded);
    scored = topK == null ? scored : scored.withTopK(topK);
    return abstainBelow == null ? scored : scored.withAbstainBelow(abstainBelow);
  }

  private @Nullable PromptTemplates read() throws IOException {
    return templates == null ? earlier : PromptTemplates.read(templates);
  }

  /** The least confidence that is shown; null for what the bundle says. */
  public @Nullable Double abstainBelow() {
    return abstainBelow;
  }
}
