package io.gemoclap.training.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * One row of {@code predictions.jsonl}: what one checkpoint said about one test utterance.
 *
 * @param id utterance; appears once for each checkpoint and prompts
 * @param uri its audio
 * @param speaker its speaker
 * @param session its session, or null
 * @param gender of the speaker: {@code female}, {@code male} or {@code unknown}
 * @param fold name of the fold whose test part it is in
 * @param checkpoint how the checkpoint was chosen
 * @param prompts what the label sentences said: {@code emotion} or {@code emotion+gender}
 * @param emotion the right label
 * @param logits scale · cosine of each label, in the run's order
 * @param genderLogits scale · cosine of female and male, or null
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // a row of a file, never compared
public record PredictionRow(
    String id,
    String uri,
    String speaker,
    String session,
    String gender,
    String fold,
    SelectedEpoch checkpoint,
    String prompts,
    String emotion,
    double[] logits,
    double[] genderLogits) {

  /** The same judgement under another choice of checkpoint. */
  public PredictionRow chosenBy(SelectedEpoch other) {
    return new PredictionRow(
        id, uri, speaker, session, gender, fold, other, prompts, emotion, logits, genderLogits);
  }
}
