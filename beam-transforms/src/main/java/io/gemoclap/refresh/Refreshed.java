package io.gemoclap.refresh;

import io.gemoclap.failure.Failure;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What came of texts that were tried.
 *
 * @param pipeline the pipeline
 * @param newest the newest that passed; empty before the first
 * @param failures one for each that was refused, in the global window
 * @param <T> what the texts were made into
 */
public record Refreshed<T>(
    Pipeline pipeline, PCollectionView<Optional<T>> newest, PCollection<Failure> failures)
    implements POutput {
  private static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  @Override
  public Pipeline getPipeline() {
    return pipeline;
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(FAILURES, failures);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
