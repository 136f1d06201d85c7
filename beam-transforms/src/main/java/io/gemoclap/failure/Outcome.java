package io.gemoclap.failure;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What a stage yields: its results, and one failure for each item that has none.
 *
 * @param <T> the noun that the stage emits
 */
public final class Outcome<T> implements POutput {
  private final Pipeline pipeline;
  private final TupleTag<T> resultTag;
  private final TupleTag<Failure> failureTag;
  private final PCollection<T> results;
  private final PCollection<Failure> failures;

  private Outcome(PCollectionTuple outputs, TupleTag<T> resultTag, TupleTag<Failure> failureTag) {
    this.pipeline = outputs.getPipeline();
    this.resultTag = resultTag;
    this.failureTag = failureTag;
    this.results = outputs.get(resultTag);
    this.failures = outputs.get(failureTag);
  }

  /** Names the two outputs of a multi-output step. */
  @Internal
  public static <T> Outcome<T> of(
      PCollectionTuple outputs, TupleTag<T> resultTag, TupleTag<Failure> failureTag) {
    return new Outcome<>(outputs, resultTag, failureTag);
  }

  /** The results. */
  public PCollection<T> results() {
    return results;
  }

  /** One record for each item that failed. */
  public PCollection<Failure> failures() {
    return failures;
  }

  /** Adds the failures to a list for one flatten at the end, and returns the results. */
  public PCollection<T> failuresTo(List<PCollection<Failure>> list) {
    list.add(failures);
    return results;
  }

  @Override
  public Pipeline getPipeline() {
    return pipeline;
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(resultTag, results, failureTag, failures);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
