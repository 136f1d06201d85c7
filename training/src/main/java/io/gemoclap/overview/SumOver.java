package io.gemoclap.overview;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableBiFunction;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;

/**
 * Adds elements up by keys. Sums are made where the elements are, a bundle at a time, so that the
 * elements themselves are neither encoded nor sent. For bounded input in the global window.
 *
 * @param <T> elements
 * @param <S> sums
 */
final class SumOver<T, S extends Serializable>
    extends PTransform<PCollection<T>, PCollection<KV<String, S>>> {
  /** Keys that a bundle holds before it passes its sums on. */
  private static final int MOST = 10_000;

  private final Class<S> type;
  private final SerializableFunction<T, Iterable<String>> keys;
  private final SerializableFunction<Void, S> zero;
  private final Add<T, S> add;
  private final SerializableBiFunction<S, S, S> merge;

  /** Adds an element to a sum. */
  interface Add<T, S> extends Serializable {
    void to(S sum, T element);
  }

  SumOver(
      Class<S> type,
      SerializableFunction<T, Iterable<String>> keys,
      SerializableFunction<Void, S> zero,
      Add<T, S> add,
      SerializableBiFunction<S, S, S> merge) {
    this.type = type;
    this.keys = keys;
    this.zero = zero;
    this.add = add;
    this.merge = merge;
  }

  @Override
  public PCollection<KV<String, S>> expand(PCollection<T> input) {
    KvCoder<String, S> coder = KvCoder.of(StringUtf8Coder.of(), SerializableCoder.of(type));
    SerializableFunction<Void, S> none = zero;
    SerializableBiFunction<S, S, S> both = merge;
    return input
        .apply("OfBundle", ParDo.of(new OfBundle<>(keys, zero, add)))
        .setCoder(coder)
        .apply(
            "OfAll",
            Combine.perKey(
                (Iterable<S> sums) -> {
                  S all = none.apply(null);
                  for (S sum : sums) {
                    all = both.apply(all, sum);
                  }
                  return all;
                }))
        .setCoder(coder);
  }

  private static final class OfBundle<T, S> extends DoFn<T, KV<String, S>> {
    private final SerializableFunction<T, Iterable<String>> keys;
    private final SerializableFunction<Void, S> zero;
    private final Add<T, S> add;
    private transient Map<String, S> sums;

    OfBundle(
        SerializableFunction<T, Iterable<String>> keys,
        SerializableFunction<Void, S> zero,
        Add<T, S> add) {
      this.keys = keys;
      this.zero = zero;
      this.add = add;
    }

    @StartBundle
    public void start() {
      sums = new HashMap<>();
    }

    @ProcessElement
    public void process(@Element T element, OutputReceiver<KV<String, S>> out) {
      for (String key : keys.apply(element)) {
        add.to(sums.computeIfAbsent(key, k -> zero.apply(null)), element);
      }
      if (sums.size() > MOST) {
        sums.forEach((key, sum) -> out.output(KV.of(key, sum)));
        sums = new HashMap<>();
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      Instant time = BoundedWindow.TIMESTAMP_MIN_VALUE;
      sums.forEach((key, sum) -> context.output(KV.of(key, sum), time, GlobalWindow.INSTANCE));
    }
  }
}
