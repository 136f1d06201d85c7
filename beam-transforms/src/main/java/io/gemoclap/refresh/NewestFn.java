package io.gemoclap.refresh;

import java.util.Optional;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TimestampedValue.TimestampedValueCoder;

/**
 * The newest of some values by event time, the last of equally new ones. Unlike Beam's singleton
 * view it takes any number of them, so that two that arrive together do not end the job.
 */
final class NewestFn<T>
    extends CombineFn<TimestampedValue<Optional<T>>, TimestampedValue<Optional<T>>, Optional<T>> {
  private final Coder<Optional<T>> coder;

  NewestFn(Coder<Optional<T>> coder) {
    this.coder = coder;
  }

  @Override
  public TimestampedValue<Optional<T>> createAccumulator() {
    return TimestampedValue.of(Optional.empty(), BoundedWindow.TIMESTAMP_MIN_VALUE);
  }

  @Override
  public TimestampedValue<Optional<T>> addInput(
      TimestampedValue<Optional<T>> newest, TimestampedValue<Optional<T>> other) {
    return other.getTimestamp().isBefore(newest.getTimestamp()) ? newest : other;
  }

  @Override
  public TimestampedValue<Optional<T>> mergeAccumulators(
      Iterable<TimestampedValue<Optional<T>>> all) {
    TimestampedValue<Optional<T>> newest = createAccumulator();
    for (TimestampedValue<Optional<T>> each : all) {
      newest = addInput(newest, each);
    }
    return newest;
  }

  @Override
  public Optional<T> extractOutput(TimestampedValue<Optional<T>> newest) {
    return newest.getValue();
  }

  @Override
  public Coder<TimestampedValue<Optional<T>>> getAccumulatorCoder(
      CoderRegistry registry, Coder<TimestampedValue<Optional<T>>> inputCoder) {
    return TimestampedValueCoder.of(coder);
  }

  @Override
  public Coder<Optional<T>> getDefaultOutputCoder(
      CoderRegistry registry, Coder<TimestampedValue<Optional<T>>> inputCoder) {
    return coder;
  }
}
