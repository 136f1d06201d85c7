package io.gemoclap.training.prepare;

import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.failure.Outcome;
import io.gemoclap.training.augment.Copy;
import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Decodes every utterance of a corpus and computes its features, and those of its perturbed copies,
 * once: into shards of 64 utterances below a folder on any Beam file system.
 *
 * <p>A shard that is there is not computed again, so a run that was killed continues, and one with
 * other features adds its own shards. Only a shard with failures that {@linkplain
 * FailureKind#mayBeTemporary may be temporary} is computed again. Emits the names of all shards; an
 * utterance that cannot be used becomes one {@link Failure} and is left out. A fault of the worker,
 * such as a full disk or a missing native library, fails the pipeline instead.
 *
 * <p>Each shard decodes an audio file once, for all utterances in it and all of their copies. A
 * worker holds the samples of the utterances of one file that overlap in time.
 */
public final class PrepareCorpus extends PTransform<PBegin, Outcome<String>> {
  static final String STAGE = "PrepareCorpus";
  private static final TupleTag<String> SHARDS = new TupleTag<>("shards") {};
  private static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private final List<ShardPlan> shards;
  private final FeaturePlan plan;
  private final String folder;

  private PrepareCorpus(List<ShardPlan> shards, FeaturePlan plan, String folder) {
    this.shards = shards;
    this.plan = plan;
    this.folder = folder;
  }

  /**
   * Prepares utterances.
   *
   * @param folder where the shards lie, on any Beam file system
   */
  public static PrepareCorpus of(List<Utterance> utterances, FeaturePlan plan, String folder) {
    return new PrepareCorpus(ShardPlan.of(utterances, plan), plan, folder);
  }

  /** Names of all shards, in a fixed order. */
  public List<String> shardNames() {
    return shards.stream().map(ShardPlan::name).toList();
  }

  /** What has no features, of all shards that lie in the folder. */
  public List<Failure> failures() throws IOException {
    List<Failure> failures = new ArrayList<>();
    for (ShardPlan shard : shards) {
      ShardIndex index = ShardIndex.read(folder, shard.name());
      if (index != null) {
        index.failed().forEach(item -> failures.add(failure(item)));
      }
    }
    return failures;
  }

  private static Failure failure(ShardIndex.Failed item) {
    return Failure.of(STAGE, item.kind(), item.id(), item.id(), item.reason());
  }

  /** How many shards the folder has that need not be computed, or computed again. */
  public int shardsFound() throws IOException {
    int found = 0;
    for (ShardPlan shard : shards) {
      ShardIndex index = ShardIndex.read(folder, shard.name());
      found += index == null || index.mayImprove() ? 0 : 1;
    }
    return found;
  }

  @Override
  public Outcome<String> expand(PBegin begin) {
    return Outcome.of(
        begin
            .apply("Plan", Create.of(shards).withCoder(SerializableCoder.of(ShardPlan.class)))
            .apply(
                "Compute",
                ParDo.of(new PrepareFn(folder)).withOutputTags(SHARDS, TupleTagList.of(FAILURES))),
        SHARDS,
        FAILURES);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("spec", plan.spec().toString()).withLabel("Feature spec"));
    builder.add(DisplayData.item("copies", plan.copies()).withLabel("Perturbed copies"));
    builder.add(
        DisplayData.item("degraded_copies", plan.degradedCopies()).withLabel("Degraded copies"));
    builder.add(DisplayData.item("folder", folder).withLabel("Folder of the shards"));
  }

  static final class PrepareFn extends DoFn<ShardPlan, String> {
    private final String folder;
    private final Counter utterances = Metrics.counter(STAGE, "utterances");
    private final Counter found = Metrics.counter(STAGE, "utterances_found");
    private final Counter failed = Metrics.counter(STAGE, "failures");
    private final Counter milliseconds = Metrics.counter(STAGE, "audio_milliseconds");

    PrepareFn(String folder) {
      this.folder = folder;
    }

    @Setup
    public void setup() {
      SourceFeatures.requireNatives();
    }

    @ProcessElement
    public void process(@Element ShardPlan shard, MultiOutputReceiver out) throws IOException {
      ShardIndex index = ShardIndex.read(folder, shard.name());
      if (index == null || index.mayImprove()) {
        index = compute(shard);
      } else {
        found.inc(index.utterances().size());
      }
      for (ShardIndex.Failed item : index.failed()) {
        failed.inc();
        out.get(FAILURES).output(failure(item));
      }
      out.get(SHARDS).output(shard.name());
    }

    private ShardIndex compute(ShardPlan shard) throws IOException {
      String attempt = "." + UUID.randomUUID();
      var part = ShardIndex.file(folder, shard.name(), ".avro" + attempt);
      List<String> ids = new ArrayList<>();
      List<ShardIndex.Failed> failures = new ArrayList<>();
      double seconds = 0;
      try (ShardFile.Writer writer = new ShardFile.Writer(part)) {
        ShardSources sources = new ShardSources(shard, Utterance::open, Copy::extract);
        for (ShardPlan.Item item : shard.items()) {
          ShardSources.Outcome outcome = sources.next(item);
          if (outcome.failed() != null) {
            failures.add(outcome.failed());
            continue;
          }
          ShardFile.Entry entry = outcome.entry();
          writer.write(entry);
          ids.add(item.id());
          seconds += entry.seconds();
          utterances.inc();
          milliseconds.inc(Math.round(entry.seconds() * 1000));
        }
      }
      ShardIndex.move(part, ShardIndex.file(folder, shard.name(), ".avro"));
      ShardIndex index = new ShardIndex(ids, failures, seconds);
      index.write(folder, shard.name(), attempt);
      return index;
    }
  }
}
