package io.gemoclap.features;

import static com.google.common.base.Preconditions.checkArgument;

import io.gemoclap.audio.SegmentRef;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TimestampedValue.TimestampedValueCoder;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Standardises bounded input: the statistics of each stretch of two minutes are combined, then
 * those of the stretches of a group; the sum goes back to each stretch, where features wait for it.
 *
 * <p>Features are only ever grouped by stretch, so that no group has to fit into memory, and
 * statistics only ever by group, so that no archive has to. Why so:
 * docs/decisions/0008-normalisation-join.md.
 */
final class TwoPasses extends PTransform<PCollection<SpeechFeatures>, PCollection<SpeechFeatures>> {
  private static final double STRETCH_SECONDS = 120;
  private static final TupleTag<GroupStatistics> STATISTICS = new TupleTag<>("statistics") {};
  private static final TupleTag<TimestampedValue<SpeechFeatures>> FEATURES =
      new TupleTag<>("features") {};

  /** Key of a stretch: its group and its place. */
  private static final Coder<KV<String, String>> STRETCH =
      KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of());

  private final Normalization by;
  private final ArchiveSource archive;

  TwoPasses(Normalization by, ArchiveSource archive) {
    this.by = by;
    this.archive = archive;
  }

  @Override
  public PCollection<SpeechFeatures> expand(PCollection<SpeechFeatures> features) {
    WindowingStrategy<?, ?> windows = features.getWindowingStrategy();
    checkArgument(
        windows.getWindowFn().isNonMerging() && windows.getTrigger() instanceof DefaultTrigger,
        "Bounded features are normalised within windows that neither merge nor fire early, not %s",
        windows);
    PCollection<KV<KV<String, String>, TimestampedValue<SpeechFeatures>>> segments =
        features
            .apply("KeyByStretch", ParDo.of(new KeyFn(by)))
            .setCoder(KvCoder.of(STRETCH, TimestampedValueCoder.of(SpeechFeaturesCoder.of())));
    PCollection<KV<KV<String, String>, GroupStatistics>> statistics =
        segments
            .apply("Summarize", ParDo.of(new SummarizeFn()))
            .setCoder(KvCoder.of(STRETCH, GroupStatisticsCoder.of()))
            .apply("Share", new SharedStatistics());
    return KeyedPCollectionTuple.of(STATISTICS, statistics)
        .and(FEATURES, segments)
        .apply("Join", CoGroupByKey.create())
        .apply("Normalize", archive.reading(new NormalizeFn(archive)));
  }

  static final class KeyFn
      extends DoFn<SpeechFeatures, KV<KV<String, String>, TimestampedValue<SpeechFeatures>>> {
    private final Normalization by;

    KeyFn(Normalization by) {
      this.by = by;
    }

    @ProcessElement
    public void process(
        @Element SpeechFeatures segment,
        @Timestamp Instant timestamp,
        OutputReceiver<KV<KV<String, String>, TimestampedValue<SpeechFeatures>>> out) {
      SegmentRef ref = segment.ref();
      long stretch = (long) (ref.startSeconds() / STRETCH_SECONDS);
      out.output(
          KV.of(
              KV.of(
                  NormalizeFeatures.group(by, ref), NormalizeFeatures.channel(ref) + "@" + stretch),
              TimestampedValue.of(segment, timestamp)));
    }
  }

  /** Before the shuffle, so that statistics travel instead of frames. */
  static final class SummarizeFn
      extends DoFn<
          KV<KV<String, String>, TimestampedValue<SpeechFeatures>>,
          KV<KV<String, String>, GroupStatistics>> {
    @ProcessElement
    public void process(
        @Element KV<KV<String, String>, TimestampedValue<SpeechFeatures>> segment,
        OutputReceiver<KV<KV<String, String>, GroupStatistics>> out) {
      FeatureMatrix matrix = segment.getValue().getValue().matrix();
      out.output(KV.of(segment.getKey(), GroupStatistics.of(matrix)));
    }
  }

  static final class NormalizeFn extends DoFn<KV<KV<String, String>, CoGbkResult>, SpeechFeatures> {
    private final ArchiveSource archive;

    NormalizeFn(ArchiveSource archive) {
      this.archive = archive;
    }

    /** A grouped element's own timestamp is its window's end; each segment gets its own back. */
    @Override
    @SuppressWarnings("deprecation") // its replacements are for state and timers
    public Duration getAllowedTimestampSkew() {
      return Duration.millis(Long.MAX_VALUE);
    }

    @ProcessElement
    public void process(ProcessContext context, OutputReceiver<SpeechFeatures> out) {
      CoGbkResult joined = context.element().getValue();
      FeatureNormalizer normalizer = archive.normalizer(context);
      GroupStatistics group = joined.getOnly(STATISTICS);
      for (TimestampedValue<SpeechFeatures> segment : joined.getAll(FEATURES)) {
        out.outputWithTimestamp(
            NormalizeFeatures.normalized(segment.getValue(), normalizer, group),
            segment.getTimestamp());
      }
    }
  }
}
