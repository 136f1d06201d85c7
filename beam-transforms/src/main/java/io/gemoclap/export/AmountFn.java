package io.gemoclap.export;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;

/** Counts segments and adds up their seconds. */
final class AmountFn extends Combine.CombineFn<Double, Amount, Amount> {
  private static final long serialVersionUID = 1L;

  @Override
  public Amount createAccumulator() {
    return Amount.NONE;
  }

  @Override
  public Amount addInput(Amount amount, Double seconds) {
    return amount.plus(Amount.of(1, seconds));
  }

  @Override
  public Amount mergeAccumulators(Iterable<Amount> parts) {
    Amount merged = Amount.NONE;
    for (Amount part : parts) {
      merged = merged.plus(part);
    }
    return merged;
  }

  @Override
  public Amount extractOutput(Amount amount) {
    return amount;
  }

  @Override
  public Coder<Amount> getAccumulatorCoder(CoderRegistry registry, Coder<Double> input) {
    return SerializableCoder.of(Amount.class);
  }

  @Override
  public Coder<Amount> getDefaultOutputCoder(CoderRegistry registry, Coder<Double> input) {
    return SerializableCoder.of(Amount.class);
  }
}
