package io.gemoclap.training.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * One row of {@code folds/<i>/predictions-conditions.jsonl}: what a fold's model says of a test
 * utterance under one condition, that is, a perturbation and a level of normalisation.
 *
 * @param utterance id of the utterance
 * @param fold name of the fold whose test part it is in
 * @param perturbation what was done to the recording; {@link #CLEAN} for nothing
 * @param archive whether the archive, which is the test part, is known
 * @param known how many utterances of the group are known, this one among them: 1, 2, 4, 8, 16,
 *     {@link #ALL} or {@link #NOTHING}
 * @param emotion the right label
 * @param logits ε_a · cosine of each label, in the run's order
 * @param gender of the speaker: {@code female}, {@code male} or {@code unknown}
 * @param genderLogits ε_a · cosine of female and male
 * @param outOfDomain how far the utterance lies from the training part ({@code
 *     io.gemoclap.model.Familiarity}); null where it is not known
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // a row of a file, never compared
record ConditionRow(
    String utterance,
    String fold,
    String perturbation,
    boolean archive,
    int known,
    String emotion,
    double[] logits,
    String gender,
    double[] genderLogits,
    Double outOfDomain) {
  /** The file in a fold's folder. */
  static final String FILE = "predictions-conditions.jsonl";

  /** The recording is as the corpus has it. */
  static final String CLEAN = "none";

  /** All utterances of a group are known. */
  static final int ALL = 0;

  /** None of a group is. */
  static final int NOTHING = -1;

  /** A number of known utterances in words: {@code none}, {@code all} or the number. */
  static String known(int known) {
    return switch (known) {
      case NOTHING -> "none";
      case ALL -> "all";
      default -> Integer.toString(known);
    };
  }
}
