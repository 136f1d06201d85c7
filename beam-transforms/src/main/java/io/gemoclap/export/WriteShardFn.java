package io.gemoclap.export;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.export.clip.Clip;
import io.gemoclap.export.clip.ClipCutter;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * Writes one shard, unless its mark says that it is there already: so a job that starts again does
 * not write what an earlier attempt has finished, and a retried shard replaces its own files.
 */
final class WriteShardFn extends DoFn<KV<ShardKey, Iterable<ExportItem>>, ShardResult> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<ShardResult> SHARDS = new TupleTag<>("shards") {};
  static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private static final Counter RESUMED = Metrics.counter("ExportCorpus", "shardsFoundFinished");

  private final ExportSettings settings;
  private transient @Nullable ClipCutter cutter;

  WriteShardFn(ExportSettings settings) {
    this.settings = settings;
  }

  @Teardown
  public void tearDown() {
    if (cutter != null) {
      cutter.close();
    }
  }

  @ProcessElement
  public void process(@Element KV<ShardKey, Iterable<ExportItem>> grouped, MultiOutputReceiver out)
      throws IOException {
    ShardKey key = grouped.getKey();
    List<ExportItem> items = new ArrayList<>();
    grouped.getValue().forEach(item -> items.add(item.withSplit(key.getSplit())));
    items.sort(
        Comparator.comparing((ExportItem item) -> item.getSegment().getRecording())
            .thenComparingInt(item -> item.getSegment().getChannel())
            .thenComparingDouble(item -> item.getSegment().getStartSeconds())
            .thenComparing(item -> item.getSegment().getSegmentId()));
    String digest = digest(key, items);
    Shard shard = new Shard(settings.folder(), key.getSplit(), key.getNumber(), key.getCount());
    ShardResult result = finished(shard, digest);
    if (result == null) {
      result = write(shard, items, digest);
      settings.folder().write(shard.mark(), "application/json", result.json());
    } else {
      RESUMED.inc();
    }
    ExportCorpus.FINISHED.inc(items.size());
    result.failed().forEach(failed -> out.get(FAILURES).output(failed.failure()));
    out.get(SHARDS).output(result);
  }

  private @Nullable ShardResult finished(Shard shard, String digest) throws IOException {
    String mark = settings.folder().read(shard.mark());
    if (mark == null) {
      return null;
    }
    try {
      ShardResult result = ShardResult.of(mark);
      return result.digest().equals(digest) ? result : null;
    } catch (JsonProcessingException e) {
      return null; // The worker was killed while it wrote the mark.
    }
  }

  private ShardResult write(Shard shard, List<ExportItem> items, String digest) throws IOException {
    requireDifferentKeys(items);
    Progress progress = new Progress();
    Map<String, List<ExportItem>> byRecording = new TreeMap<>();
    items.forEach(
        item ->
            byRecording
                .computeIfAbsent(item.getSegment().getRecording(), id -> new ArrayList<>())
                .add(item));
    if (settings.format().perRecording()) {
      new TurnShard(shard, settings).write(byRecording, progress.totals);
      return result(shard, digest, progress);
    }
    try (ShardWriter writer = settings.open(shard)) {
      for (Map.Entry<String, List<ExportItem>> recording : byRecording.entrySet()) {
        write(writer, recording.getKey(), recording.getValue(), progress);
      }
    }
    return result(shard, digest, progress);
  }

  private static ShardResult result(Shard shard, String digest, Progress progress) {
    return new ShardResult(
        shard.split(),
        shard.number(),
        digest,
        progress.totals,
        shard.files(),
        shard.parts(),
        progress.failed);
  }

  private void write(
      ShardWriter writer, String recording, List<ExportItem> items, Progress progress)
      throws IOException {
    if (!settings.decodes()) {
      for (ExportItem item : items) {
        progress.add(writer, item, null);
      }
      return;
    }
    Set<ExportItem> left = new LinkedHashSet<>(items);
    boolean embed = settings.audio() == AudioCopies.EMBED;
    List<ExportItem> measured = new ArrayList<>();
    List<ClipCutter.Cut> cuts = new ArrayList<>();
    if (embed || settings.quality()) {
      for (ExportItem item : items) {
        cuts.add(
            new ClipCutter.Cut(
                item.getSegment().getChannel(),
                item.getSegment().getStartSeconds(),
                item.getSegment().getEndSeconds(),
                clip -> {
                  ExportItem known =
                      item.getQuality() == null ? item.withQuality(clip.quality()) : item;
                  if (embed) {
                    progress.add(writer, known, clip);
                  } else {
                    measured.add(known);
                  }
                  left.remove(item);
                }));
      }
    }
    boolean wholly = settings.format() == CorpusFormat.LHOTSE && !embed;
    ClipCutter.Outcome outcome = cutter().cut(recording, cuts, wholly);
    if (!embed && (!wholly || outcome.report() != null)) {
      if (wholly) {
        writer.recording(recording, requireNonNull(outcome.report()));
      }
      for (ExportItem item : cuts.isEmpty() ? items : measured) {
        progress.add(writer, item, null);
      }
      if (cuts.isEmpty()) {
        return;
      }
    }
    // Without its report, a recording of Lhotse has no row, so none of its segments has one.
    for (ExportItem item : wholly && outcome.report() == null ? items : left) {
      progress.drop(item, outcome.failure().orElseThrow());
    }
  }

  /** Segments of one shard that have been written or dropped. */
  private static final class Progress {
    final ExportTotals totals = new ExportTotals();
    final List<FailedSegment> failed = new ArrayList<>();

    void add(ShardWriter writer, ExportItem item, @Nullable Clip clip) throws IOException {
      try {
        writer.add(item, clip);
        totals.take(item);
      } catch (ClipTooLargeException e) {
        drop(item, new DecodeException(FailureKind.LIMIT, String.valueOf(e.getMessage())));
      }
    }

    void drop(ExportItem item, DecodeException reason) {
      totals.drop(DropReason.AUDIO, Amount.of(item));
      failed.add(FailedSegment.of(item.getSegment(), reason));
    }
  }

  private ClipCutter cutter() {
    if (cutter == null) {
      cutter = new ClipCutter(settings.clips());
    }
    return cutter;
  }

  private static void requireDifferentKeys(List<ExportItem> items) {
    Map<String, String> ids = new TreeMap<>();
    for (ExportItem item : items) {
      String other = ids.put(item.key(), item.getSegment().getSegmentId());
      if (other != null) {
        throw new IllegalStateException(
            "The segments '%s' and '%s' have the same key %s: the results hold a segment twice"
                .formatted(other, item.getSegment().getSegmentId(), item.key()));
      }
    }
  }

  private String digest(ShardKey key, List<ExportItem> items) {
    Hasher hasher = Hashing.sha256().newHasher();
    hasher.putString(settings.identity(), StandardCharsets.UTF_8).putInt(key.getCount());
    for (ExportItem item : items) {
      hasher.putString(item.toString(), StandardCharsets.UTF_8);
    }
    return hasher.hash().toString();
  }
}
