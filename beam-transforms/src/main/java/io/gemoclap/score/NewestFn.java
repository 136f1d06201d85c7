package io.gemoclap.score;

import java.util.Optional;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.OptionalCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TimestampedValue.TimestampedValueCoder;

/**
 * The newest of some prompts by event time, the last of equally new ones. Unlike Beam's singleton
 * view it takes any number of them, so that two that arrive together do not end the job.
 */
final class NewestFn
    extends CombineFn<
        TimestampedValue<Optional<EmotionPrompts>>,
        TimestampedValue<Optional<EmotionPrompts>>,
        Optional<EmotionPrompts>> {
  static final OptionalCoder<EmotionPrompts> CODER =
      OptionalCoder.of(SerializableCoder.of(EmotionPrompts.class));

  @Override
  public TimestampedValue<Optional<EmotionPrompts>> createAccumulator() {
    return TimestampedValue.of(Optional.empty(), BoundedWindow.TIMESTAMP_MIN_VALUE);
  }

  @Override
  public TimestampedValue<Optional<EmotionPrompts>> addInput(
      TimestampedValue<Optional<EmotionPrompts>> newest,
      TimestampedValue<Optional<EmotionPrompts>> other) {
    return other.getTimestamp().isBefore(newest.getTimestamp()) ? newest : other;
  }

  @Override
  public TimestampedValue<Optional<EmotionPrompts>> mergeAccumulators(
      Iterable<TimestampedValue<Optional<EmotionPrompts>>> all) {
    TimestampedValue<Optional<EmotionPrompts>> newest = createAccumulator();
    for (TimestampedValue<Optional<EmotionPrompts>> each : all) {
      newest = addInput(newest, each);
    }
    return newest;
  }

  @Override
  public Optional<EmotionPrompts> extractOutput(TimestampedValue<Optional<EmotionPrompts>> newest) {
    return newest.getValue();
  }

  @Override
  public Coder<TimestampedValue<Optional<EmotionPrompts>>> getAccumulatorCoder(
      CoderRegistry registry, Coder<TimestampedValue<Optional<EmotionPrompts>>> inputCoder) {
    return TimestampedValueCoder.of(CODER);
  }

  @Override
  public Coder<Optional<EmotionPrompts>> getDefaultOutputCoder(
      CoderRegistry registry, Coder<TimestampedValue<Optional<EmotionPrompts>>> inputCoder) {
    return CODER;
  }
}
