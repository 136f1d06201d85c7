package io.gemoclap.training.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.features.Normalization;
import io.gemoclap.resume.SameSettings;
import io.gemoclap.table.JsonLines;
import io.gemoclap.training.example.Examples;
import io.gemoclap.training.example.NormalizedExamples;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.folds.Folds;
import io.gemoclap.training.prepare.FeaturePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides the numbers of a run: {@code identity.json} of its folder. A run may only
 * be continued by one with an equal identity; how it is carried out ({@link RunExecution}) may
 * change. An immutable value that Jackson writes and reads back.
 *
 * @param method how a fold learns
 * @param corpus what is learned from, as digests of its content
 * @param folds how the corpus is split
 * @param config how each fold is trained
 * @param pretrained id of the bundle whose towers are fine-tuned; null for towers from scratch
 * @param features what is computed of each utterance
 * @param featuresVersion {@link FeaturePlan#VERSION} of the software that computes them
 * @param normalize whose statistics standardise the features
 * @param priorWeight utterances of a group that the corpus weighs as much as; above 0
 * @param wordings SHA-256 of the sentences that prompts are drawn from
 * @param archiveWeight utterances of an archive that the corpus weighs as much as; above 0; null
 *     unless features are standardised by {@code AUTO}
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RunIdentity(
    Method method,
    CorpusDigest corpus,
    Split folds,
    TrainConfig config,
    @JsonInclude(JsonInclude.Include.NON_NULL) String pretrained,
    FeaturePlan features,
    int featuresVersion,
    Normalization normalize,
    double priorWeight,
    String wordings,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double archiveWeight) {
  private static final String FILE = "identity.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The same examples as they are standardised for the training part {@code raw}. */
  NormalizedExamples normalized(Examples raw) throws IOException {
    return new NormalizedExamples(
        normalize, priorWeight, archiveWeight == null ? 1 : archiveWeight, raw);
  }

  /** How a fold learns. */
  public enum Method {
    /** Two towers, trained by gradients. */
    TOWERS,
    /** A softmax regression on statistics of the features. */
    BASELINE
  }

  /**
   * How a corpus is split.
   *
   * @param scheme the method, without the name of a fold file
   * @param devShare share that was asked for as development part
   * @param digest SHA-256 of who is in which part of which fold
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Split(String scheme, double devShare, String digest) {
    /** That of some folds. */
    public static Split of(Folds folds) {
      return new Split(
          folds.scheme().replaceFirst("^file:.*", "file"), folds.devShare(), folds.digest());
    }
  }

  /**
   * Compares with what a folder was started with; a folder without run may be begun.
   *
   * @throws IllegalArgumentException listing each setting that differs with both values, or if the
   *     folder holds a run that did not record them
   * @throws IOException when {@code identity.json} cannot be read
   */
  public void requireSameIn(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (Files.exists(file)) {
      Map<String, String> before = new TreeMap<>();
      flatten("", JSON.readTree(file.toFile()), before);
      SameSettings.require("The run in '" + folder + "'", before, settings());
    } else if (Files.exists(folder.resolve("job.json"))
        || Files.exists(folder.resolve("run.json"))) {
      throw new IllegalArgumentException(
          "The run in '%s' cannot be resumed: it has no %s, which records its settings."
                  .formatted(folder, FILE)
              + " Choose another folder, or replace the run with --overwrite instead of --resume");
    }
  }

  /**
   * Begins a run in a folder, or continues the one that is there.
   *
   * @throws IllegalArgumentException as {@link #requireSameIn}
   */
  public void begin(Path folder) throws IOException {
    requireSameIn(folder);
    Files.createDirectories(folder);
    JsonLines.writeValue(folder.resolve(FILE), this);
  }

  /** Every setting by its name, such as {@code optimization.epochs}. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    flatten("", JSON.valueToTree(this), settings);
    return settings;
  }

  private static void flatten(String name, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      Map<String, JsonNode> fields =
          JSON.convertValue(node, new TypeReference<TreeMap<String, JsonNode>>() {});
      fields.forEach(
          (field, value) ->
              flatten(
                  name.isEmpty() || name.equals("config") ? field : name + "." + field,
                  value,
                  into));
    } else {
      into.put(name, node.isValueNode() ? node.asText() : node.toString());
    }
  }
}
