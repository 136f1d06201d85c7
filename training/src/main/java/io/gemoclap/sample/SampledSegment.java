package io.gemoclap.sample;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A chosen segment: a row of {@code sample.jsonl}. Immutable.
 *
 * @param segmentId id of the segment
 * @param recording id of its recording
 * @param channel channel of the recording
 * @param startS start in seconds
 * @param endS end in seconds
 * @param emotion the model's most probable label
 * @param confidence its probability
 * @param abstained whether it is shown as uncertain
 * @param part why the segment was chosen
 * @param stratum name of the stratum that holds it; "" if there is no random part
 * @param stratumSize N<sub>h</sub>: segments of the stratum in the results
 * @param stratumSample n<sub>h</sub>: segments of the stratum in the random part. A segment was in
 *     the random part with probability n<sub>h</sub> / N<sub>h</sub>
 * @param modelId id of the bundle whose emotion it is
 * @param labelSet id of the labels and templates
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SampledSegment(
    String segmentId,
    String recording,
    int channel,
    double startS,
    double endS,
    String emotion,
    double confidence,
    boolean abstained,
    Part part,
    String stratum,
    long stratumSize,
    int stratumSample,
    String modelId,
    String labelSet) {

  static SampledSegment of(Candidate candidate, Part part, Strata strata) {
    Stratum stratum =
        strata.list().isEmpty()
            ? new Stratum("", "", 0, 0)
            : strata.list().get(strata.index(candidate.group()));
    return new SampledSegment(
        candidate.segmentId(),
        candidate.recording(),
        candidate.channel(),
        candidate.startS(),
        candidate.endS(),
        candidate.emotion(),
        candidate.confidence(),
        candidate.abstained(),
        part,
        stratum.name(),
        stratum.size(),
        stratum.sample(),
        candidate.modelId(),
        candidate.labelSet());
  }

  /** Length in seconds. */
  public double seconds() {
    return endS - startS;
  }
}
