package io.gemoclap.refresh;

import java.util.Optional;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.OptionalCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reify;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;

/**
 * The newest of a stream as a side input: {@code Optional.empty()} before the first, so that nobody
 * waits for it. Newest is by event time, the last of equally new ones. For bounded and unbounded
 * input in any windows; the view is global.
 *
 * @param <T> what arrives; its coder must be known
 * @hidden
 */
@Internal
public final class NewestValue<T> extends PTransform<PCollection<T>, PCollectionView<Optional<T>>> {
  private NewestValue() {}

  /** The newest, which has no settings. */
  public static <T> NewestValue<T> create() {
    return new NewestValue<>();
  }

  @Override
  public PCollectionView<Optional<T>> expand(PCollection<T> values) {
    Coder<Optional<T>> coder = OptionalCoder.of(values.getCoder());
    PCollection<Optional<T>> present =
        values
            .apply("Global", Window.into(new GlobalWindows()))
            .apply("Present", MapElements.via(new PresentFn<T>()))
            .setCoder(coder);
    TimestampedValue<Optional<T>> oldest = TimestampedValue.atMinimumTimestamp(Optional.empty());
    PCollection<Optional<T>> none =
        values.getPipeline().apply("None", Create.timestamped(oldest).withCoder(coder));
    return PCollectionList.of(present)
        .and(none)
        .apply("Together", Flatten.pCollections())
        .apply(
            "EachUpdate",
            Window.<Optional<T>>configure()
                .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                .withAllowedLateness(Duration.ZERO)
                .accumulatingFiredPanes())
        .apply("Date", Reify.timestamps())
        .apply("Newest", Combine.globally(new NewestFn<>(coder)).asSingletonView());
  }

  private static final class PresentFn<T> extends SimpleFunction<T, Optional<T>> {
    @Override
    public Optional<T> apply(T value) {
      return Optional.of(value);
    }
  }
}
