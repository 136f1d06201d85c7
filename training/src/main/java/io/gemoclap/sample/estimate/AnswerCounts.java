package io.gemoclap.sample.estimate;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.corrections.Answer;
import io.gemoclap.corrections.Correction;
import io.gemoclap.corrections.Corrections;
import io.gemoclap.sample.SampledSegment;
import java.util.List;

/**
 * What became of the segments of the random part. Immutable.
 *
 * @param sampled number of segments in the random part
 * @param answered with a label or "not speech" from most people: what estimates rest on
 * @param unsure everyone who answered is unsure
 * @param tied two answers have the most votes
 * @param unanswered nobody has answered
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AnswerCounts(int sampled, int answered, int unsure, int tied, int unanswered) {

  static AnswerCounts of(List<SampledSegment> random, Corrections corrections) {
    int answered = 0;
    int unsure = 0;
    int unanswered = 0;
    for (SampledSegment segment : random) {
      List<Correction> answers = corrections.answers(segment.segmentId());
      if (answers.isEmpty()) {
        unanswered++;
      } else if (corrections.consensus(segment.segmentId()).isPresent()) {
        answered++;
      } else if (answers.stream().allMatch(c -> c.answer() == Answer.UNSURE)) {
        unsure++;
      }
    }
    int tied = random.size() - answered - unsure - unanswered;
    return new AnswerCounts(random.size(), answered, unsure, tied, unanswered);
  }
}
