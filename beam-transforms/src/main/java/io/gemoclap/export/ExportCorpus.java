package io.gemoclap.export;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import io.gemoclap.census.SinkFolder;
import io.gemoclap.export.clip.ClipSettings;
import io.gemoclap.failure.ErrorHandlers;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.OptionalLibrary;
import io.gemoclap.failure.Outcome;
import io.gemoclap.failure.SecretMask;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.turns.EmotionTurns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * Writes scored segments as a corpus in one of the {@linkplain CorpusFormat formats} of other
 * tools, with a dataset card, a datasheet and Croissant metadata.
 *
 * <pre>{@code
 * p.apply(ReadAnnotations.from("out"))
 *     .apply(ExportCorpus.to("corpus", CorpusFormat.PARQUET)
 *         .withFilter(SegmentFilter.certain().withLeastConfidence(0.7)));
 * }</pre>
 *
 * <p>For bounded input in the global window. Every segment ends in the corpus, or is counted as
 * dropped for one {@link DropReason}; {@code export.json} has the numbers, and is written last. A
 * segment whose recording cannot be read becomes a failure. Keys and files are the same in every
 * run. If the folder holds finished shards of the same segments and settings, these are kept, so
 * that a job that starts again continues; a folder with another corpus must be emptied before. A
 * folder that cannot be written to fails the job.
 *
 * <p>Audio is cut where it is needed: a worker decodes one recording at a time, and holds neither
 * it nor a clip in memory. With splits, one worker holds the names of all recordings.
 *
 * <p>The results are the content of {@code export.json}, once it is written.
 */
public final class ExportCorpus extends PTransform<PCollection<EmotionScores>, Outcome<String>> {
  static final String STAGE = "ExportCorpus";

  /** Segments that are in the corpus, or dropped. */
  static final Counter FINISHED = Metrics.counter(STAGE, "segments");

  private static final TupleTag<String> REPORT = new TupleTag<>("report") {};

  private final ExportSettings settings;
  private final transient @Nullable PCollectionView<Map<String, String>> corrections;
  private final transient @Nullable ErrorHandler<BadRecord, ?> errorHandler;

  private ExportCorpus(
      ExportSettings settings,
      @Nullable PCollectionView<Map<String, String>> corrections,
      @Nullable ErrorHandler<BadRecord, ?> errorHandler) {
    this.settings = settings;
    this.corrections = corrections;
    this.errorHandler = errorHandler;
  }

  /**
   * Writes into a folder on any Beam file system.
   *
   * @throws IllegalArgumentException if Beam would take the folder's name for a pattern
   * @throws IllegalStateException if the format needs a library that the class path does not have
   */
  public static ExportCorpus to(String folder, CorpusFormat format) {
    if (format == CorpusFormat.PARQUET) {
      OptionalLibrary.PARQUET.require();
    }
    return new ExportCorpus(
        ExportSettings.of(new CorpusFolder(SinkFolder.requirePlain(folder)), format), null, null);
  }

  private ExportCorpus with(ExportSettings.Builder changed) {
    return new ExportCorpus(changed.build(), corrections, errorHandler);
  }

  /**
   * Where the audio is; default the first of {@link CorpusFormat#audio}.
   *
   * @throws IllegalArgumentException if the format does not have it
   */
  public ExportCorpus withAudio(AudioCopies audio) {
    checkArgument(
        settings.format().audio().contains(audio),
        "The format %s cannot have the audio '%s', only %s",
        settings.format(),
        audio,
        settings.format().audio());
    return with(settings.toBuilder().setAudio(audio));
  }

  /** How recordings are decoded and clips encoded; default {@link ClipSettings#defaults}. */
  public ExportCorpus withClips(ClipSettings clips) {
    return with(settings.toBuilder().setClips(clips));
  }

  /** Which segments are taken; default {@link SegmentFilter#certain}. */
  public ExportCorpus withFilter(SegmentFilter filter) {
    return with(settings.toBuilder().setFilter(filter));
  }

  /**
   * Labels that people gave.
   *
   * @param labels label by the segment's id; an empty one says that it is not speech
   * @param use how they take part
   */
  public ExportCorpus withCorrections(
      PCollectionView<Map<String, String>> labels, CorrectionUse use) {
    return new ExportCorpus(settings.toBuilder().setCorrections(use).build(), labels, errorHandler);
  }

  /** Most hours that the corpus may have, above 0; segments are chosen at random. Default: all. */
  public ExportCorpus withMostHours(double hours) {
    checkArgument(hours > 0, "The hours of the corpus are %s, but must be positive", hours);
    return with(settings.toBuilder().setMostSeconds(hours * 3600));
  }

  /** Whether all labels have as many hours as the rarest; default false. */
  public ExportCorpus withClassBalance(boolean balanced) {
    return with(settings.toBuilder().setBalanced(balanced));
  }

  /**
   * Splits that share no recording and no speaker, as far as metadata name speakers. Shares are met
   * as well as whole groups of recordings allow. Default: all in {@code train}.
   *
   * @param shares positive share by split, which together are 1; names of letters, digits and "_"
   */
  public ExportCorpus withSplits(Map<String, Double> shares) {
    checkArgument(!shares.isEmpty(), "splits is empty, but needs at least one split");
    double sum = 0;
    for (Map.Entry<String, Double> split : shares.entrySet()) {
      checkArgument(
          split.getKey().matches("\\w+"),
          "The name of the split '%s' must consist of letters, digits and _",
          split.getKey());
      checkArgument(
          split.getValue() > 0,
          "The share of the split %s is %s, but must be positive",
          split.getKey(),
          split.getValue());
      sum += split.getValue();
    }
    checkArgument(Math.abs(sum - 1) < 1e-6, "The shares of the splits add up to %s, not to 1", sum);
    return with(settings.toBuilder().setSplits(ImmutableMap.copyOf(shares)));
  }

  /** About how many bytes a shard with audio has, at least 1 MiB; default 256 MiB. */
  public ExportCorpus withShardBytes(long bytes) {
    checkArgument(
        bytes >= 1 << 20, "The size of a shard is %s bytes, but must be at least 1 MiB", bytes);
    return with(settings.toBuilder().setShardBytes(bytes));
  }

  /**
   * Whether quality is measured although nothing else needs the audio; default false. Where clips
   * are cut, it is measured in any case.
   */
  public ExportCorpus withQuality(boolean quality) {
    return with(settings.toBuilder().setQuality(quality));
  }

  /** How turns are made, for formats with a file for each recording; default as it is. */
  public ExportCorpus withTurns(EmotionTurns turns) {
    return with(settings.toBuilder().setTurns(turns));
  }

  /** What people know about the corpus; default nothing. */
  public ExportCorpus withFacts(DatasetFacts facts) {
    return with(settings.toBuilder().setFacts(facts));
  }

  /**
   * Gives each failure to Beam's error handler too, as {@link io.gemoclap.failure.ToBadRecords}
   * converts it. It stays in {@link Outcome#failures}. Default: none.
   */
  public ExportCorpus withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return new ExportCorpus(settings, corrections, handler);
  }

  @Override
  public Outcome<String> expand(PCollection<EmotionScores> segments) {
    checkArgument(
        settings.audio() != AudioCopies.LINK
            || !settings.clips().laterStream()
            || !settings.format().namesNoStream(),
        "The format %s names recordings but not their audio streams, of which another than the"
            + " first was annotated here. Use --audio=embed, in Java AudioCopies.EMBED",
        settings.format());
    checkArgument(
        settings.audio() != AudioCopies.LINK
            || !settings.clips().channelsApart()
            || !settings.format().namesNoChannel(),
        "The format %s names recordings but not their channels, which were kept apart here. Use"
            + " --audio=embed, in Java AudioCopies.EMBED",
        settings.format());
    String rate = Integer.toString(settings.clips().sampleRate());
    checkArgument(
        settings.filter().leastBandwidthHz() <= settings.clips().sampleRate() / 2.0,
        "The least bandwidth is %s Hz, but a sample rate of %s Hz has no frequency above half of"
            + " it. Raise --sample-rate, in Java ClipSettings.withSampleRate",
        settings.filter().leastBandwidthHz(),
        rate);
    checkArgument(
        !(settings.limited() && settings.format().perRecording()),
        "Turns of the format %s are made of all segments of a recording, so hours cannot be limited"
            + " nor classes balanced. Leave out --hours and --balance, in Java withMostHours and"
            + " withClassBalance",
        settings.format());
    checkArgument(
        !(settings.quality() && settings.format().perRecording()),
        "Files of the format %s have no quality. Leave out --quality, in Java withQuality",
        settings.format());
    List<PCollection<KV<String, Double>>> amounts = new ArrayList<>();
    List<PCollection<Failure>> failures = new ArrayList<>();
    List<PCollectionView<Iterable<FailedSegment>>> unmeasured = new ArrayList<>();
    PCollection<ExportItem> items = choose(segments, amounts, failures, unmeasured);
    PCollectionTuple written = write(split(items));
    failures.add(written.get(WriteShardFn.FAILURES));
    PCollectionView<Iterable<ShardResult>> shards =
        written
            .get(WriteShardFn.SHARDS)
            .setCoder(SerializableCoder.of(ShardResult.class))
            .apply("Shards", View.asIterable());
    PCollectionView<Map<String, Amount>> sums =
        PCollectionList.of(amounts)
            .apply("AllAmounts", Flatten.pCollections())
            .apply("Sum", Combine.perKey(new AmountFn()))
            .apply("Amounts", View.asMap());
    PCollection<String> report =
        segments
            .getPipeline()
            .apply("Once", Create.of(1))
            .apply(
                "Finish",
                ParDo.of(new FinishFn(settings, shards, sums, unmeasured))
                    .withSideInputs(shards, sums)
                    .withSideInputs(unmeasured));
    PCollection<Failure> failed =
        PCollectionList.of(failures).apply("Failures", Flatten.pCollections());
    ErrorHandlers.handle(errorHandler, failed);
    return Outcome.of(
        PCollectionTuple.of(REPORT, report).and(WriteShardFn.FAILURES, failed),
        REPORT,
        WriteShardFn.FAILURES);
  }

  private PCollection<ExportItem> choose(
      PCollection<EmotionScores> segments,
      List<PCollection<KV<String, Double>>> amounts,
      List<PCollection<Failure>> failures,
      List<PCollectionView<Iterable<FailedSegment>>> unmeasured) {
    ParDo.SingleOutput<EmotionScores, ExportItem> choose =
        ParDo.of(new ChooseFn(settings, corrections));
    if (corrections != null) {
      choose = choose.withSideInputs(corrections);
    }
    PCollectionTuple chosen =
        segments.apply(
            "Choose", choose.withOutputTags(ChooseFn.ITEMS, TupleTagList.of(ChooseFn.AMOUNTS)));
    amounts.add(chosen.get(ChooseFn.AMOUNTS));
    PCollection<ExportItem> items = chosen.get(ChooseFn.ITEMS);
    if (settings.measuresFirst()) {
      PCollectionTuple measured = items.apply("MeasureQuality", new MeasureQuality(settings));
      amounts.add(measured.get(ChooseFn.AMOUNTS));
      PCollection<FailedSegment> failed =
          measured.get(MeasureQuality.FAILED).setCoder(SerializableCoder.of(FailedSegment.class));
      unmeasured.add(failed.apply("Unmeasured", View.asIterable()));
      failures.add(
          failed.apply(
              "UnmeasuredFailures",
              MapElements.into(WriteShardFn.FAILURES.getTypeDescriptor())
                  .via(FailedSegment::failure)));
      items = measured.get(ChooseFn.ITEMS);
    }
    if (settings.limited()) {
      PCollectionView<HourLimits> limits =
          items.apply(
              "HourLimits",
              Combine.globally(
                      new HourLimits.SecondsFn(settings.mostSeconds(), settings.balanced()))
                  .asSingletonView());
      PCollectionTuple limited =
          items.apply(
              "Limit",
              ParDo.of(new HourLimits.LimitFn(limits))
                  .withSideInputs(limits)
                  .withOutputTags(ChooseFn.ITEMS, TupleTagList.of(ChooseFn.AMOUNTS)));
      amounts.add(limited.get(ChooseFn.AMOUNTS));
      items = limited.get(ChooseFn.ITEMS);
    }
    return items;
  }

  private PCollection<ExportItem> split(PCollection<ExportItem> items) {
    if (settings.splits().size() == 1) {
      String only = settings.splits().keySet().iterator().next();
      return items
          .apply(
              "OneSplit",
              MapElements.into(items.getTypeDescriptor()).via(item -> item.withSplit(only)))
          .setCoder(items.getCoder());
    }
    PCollectionView<SplitPlan> plan =
        items.apply(
            "SplitPlan",
            Combine.globally(new SplitPlan.SpeechFn(settings.splits())).asSingletonView());
    return items
        .apply("Split", ParDo.of(new SplitPlan.SplitFn(plan)).withSideInputs(plan))
        .setCoder(items.getCoder());
  }

  private PCollectionTuple write(PCollection<ExportItem> items) {
    PCollectionView<Map<String, Amount>> splits =
        items
            .apply(
                "SecondsBySplit",
                MapElements.into(
                        TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.doubles()))
                    .via(item -> KV.of(item.getSplit(), item.seconds())))
            .apply("SumSplits", Combine.perKey(new AmountFn()))
            .apply("SplitAmounts", View.asMap());
    return items
        .apply("Shard", ParDo.of(new ShardFn(settings, splits)).withSideInputs(splits))
        .setCoder(KvCoder.of(shardKeys(items.getPipeline()), items.getCoder()))
        .apply("ByShard", GroupByKey.create())
        .apply(
            "Write",
            ParDo.of(new WriteShardFn(settings))
                .withOutputTags(WriteShardFn.SHARDS, TupleTagList.of(WriteShardFn.FAILURES)));
  }

  private static Coder<ShardKey> shardKeys(Pipeline pipeline) {
    try {
      return pipeline.getSchemaRegistry().getSchemaCoder(ShardKey.class);
    } catch (NoSuchSchemaException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(
        DisplayData.item("folder", SecretMask.of(settings.folder().uri()))
            .withLabel("Output folder"));
    builder.add(DisplayData.item("format", settings.format().toString()).withLabel("Format"));
    builder.add(
        DisplayData.item("audio", settings.audio().toString()).withLabel("Where the audio is"));
    builder.add(
        DisplayData.item("splits", settings.splits().toString()).withLabel("Shares of the splits"));
    builder.add(
        DisplayData.item("mostHours", settings.mostSeconds() / 3600).withLabel("Most hours"));
  }
}
