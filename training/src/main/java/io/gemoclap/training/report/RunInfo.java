package io.gemoclap.training.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/**
 * {@code run.json}: the settings and the outcome of a run.
 *
 * @param id name of the run
 * @param command the command with its arguments
 * @param corpus name of the corpus
 * @param labels classes, in the order of every logit
 * @param variant loss
 * @param alpha weight of emotion against gender, 0 to 1
 * @param prompts what the sentences said in training
 * @param normalize how features were normalised
 * @param seed decides everything random
 * @param settings every further setting, by name
 * @param versions of libraries and of the runtime, by name
 * @param speakerDependent whether a speaker is in train and test parts of one fold
 * @param failedFolds folds without a result
 * @param started when, as an ISO 8601 instant
 * @param seconds how long the run took
 * @param evaluated what a finished bundle was evaluated on; null where the run trained
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RunInfo(
    String id,
    List<String> command,
    String corpus,
    List<String> labels,
    String variant,
    double alpha,
    String prompts,
    String normalize,
    long seed,
    Map<String, Object> settings,
    Map<String, String> versions,
    boolean speakerDependent,
    List<FailedFold> failedFolds,
    String started,
    double seconds,
    @JsonInclude(JsonInclude.Include.NON_NULL) Evaluated evaluated) {

  /** What a file leaves out is empty. */
  public RunInfo {
    command = command == null ? List.of() : List.copyOf(command);
    labels = labels == null ? List.of() : List.copyOf(labels);
    settings = settings == null ? Map.of() : settings;
    versions = versions == null ? Map.of() : versions;
    failedFolds = failedFolds == null ? List.of() : List.copyOf(failedFolds);
  }

  /**
   * A fold that gave up.
   *
   * @param fold its name
   * @param reason a sentence
   */
  public record FailedFold(String fold, String reason) {}
}
