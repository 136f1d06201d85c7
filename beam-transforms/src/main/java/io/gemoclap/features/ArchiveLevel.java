package io.gemoclap.features;

import io.gemoclap.refresh.NewestValue;
import java.util.Optional;
import org.apache.beam.sdk.coders.OptionalCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Duration;

/**
 * The statistics of all segments of the input, as a side input of 16 bytes a column.
 *
 * <p>Of bounded input they are complete, by window. Of unbounded input they are a running estimate
 * over all windows in Beam's state, empty at first and renewed at most every ten seconds by the
 * clock.
 */
final class ArchiveLevel
    extends PTransform<PCollection<SpeechFeatures>, PCollectionView<Optional<GroupStatistics>>> {
  static final Duration RENEWED = Duration.standardSeconds(10);

  @Override
  public PCollectionView<Optional<GroupStatistics>> expand(PCollection<SpeechFeatures> features) {
    PCollection<GroupStatistics> segments =
        features
            .apply(
                "Summarize",
                MapElements.into(TypeDescriptor.of(GroupStatistics.class))
                    .via(segment -> GroupStatistics.of(segment.matrix())))
            .setCoder(GroupStatisticsCoder.of());
    if (features.isBounded() == IsBounded.BOUNDED) {
      return sum(segments)
          .apply(
              "Present",
              MapElements.into(new TypeDescriptor<Optional<GroupStatistics>>() {})
                  .via(Optional::of))
          .setCoder(OptionalCoder.of(GroupStatisticsCoder.of()))
          .apply(
              "View",
              View.<Optional<GroupStatistics>>asSingleton().withDefaultValue(Optional.empty()));
    }
    return sum(segments.apply(
            "Running",
            Window.<GroupStatistics>into(new GlobalWindows())
                .triggering(
                    Repeatedly.forever(
                        AfterProcessingTime.pastFirstElementInPane().plusDelayOf(RENEWED)))
                .withAllowedLateness(Duration.ZERO)
                .accumulatingFiredPanes()))
        .apply(
            "EachEstimate",
            Window.<GroupStatistics>configure()
                .triggering(DefaultTrigger.of())
                .withAllowedLateness(Duration.ZERO)
                .discardingFiredPanes())
        .apply("Newest", NewestValue.create());
  }

  private static PCollection<GroupStatistics> sum(PCollection<GroupStatistics> segments) {
    return segments
        .apply("Sum", Combine.globally(new SharedStatistics.SumFn()).withoutDefaults())
        .setCoder(GroupStatisticsCoder.of());
  }
}
