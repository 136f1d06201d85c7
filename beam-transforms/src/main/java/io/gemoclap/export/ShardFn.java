package io.gemoclap.export;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;

/** Puts segments into the shards of their split; all segments of a recording are in one. */
final class ShardFn extends DoFn<ExportItem, KV<ShardKey, ExportItem>> {
  private static final long serialVersionUID = 1L;

  /** A worker sorts the segments of a shard in memory. */
  private static final long MOST_SEGMENTS = 20_000;

  private final ExportSettings settings;
  private final PCollectionView<Map<String, Amount>> splits;

  ShardFn(ExportSettings settings, PCollectionView<Map<String, Amount>> splits) {
    this.settings = settings;
    this.splits = splits;
  }

  @ProcessElement
  public void process(ProcessContext context) {
    ExportItem item = context.element();
    Amount amount = requireNonNull(context.sideInput(splits).get(item.getSplit()));
    double bySeconds =
        settings.audio() == AudioCopies.EMBED ? amount.seconds() / settings.shardSeconds() : 0;
    double bySegments = (double) amount.segments() / MOST_SEGMENTS;
    int count = (int) Math.max(1, Math.ceil(Math.max(bySeconds, bySegments)));
    int number =
        Math.floorMod(
            Hashing.murmur3_32_fixed()
                .hashString(
                    // Recordings whose files would have the same name meet in one shard.
                    settings.format().perRecording()
                        ? ExportItem.stem(item.getSegment().getRecording())
                        : item.getSegment().getRecording(),
                    StandardCharsets.UTF_8)
                .asInt(),
            count);
    context.output(KV.of(ShardKey.of(item.getSplit(), number, count), item));
  }
}
