package io.gemoclap.export;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.export.clip.Clip;
import io.gemoclap.export.clip.ClipFormat;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Manifests of Lhotse: recordings, supervisions, and one cut for each segment. Each clip is a
 * recording; without clips, the original recordings are.
 */
final class LhotseShard implements ShardWriter {
  private final Shard shard;
  private final ClipFormat format;
  private final boolean apart;
  private final ManifestPart recordings;
  private final ManifestPart supervisions;
  private final ManifestPart cuts;
  private Map<String, Object> recording = Map.of();

  LhotseShard(Shard shard, ExportSettings settings) throws IOException {
    this.shard = shard;
    format = settings.clips().format();
    apart = settings.clips().channelsApart();
    recordings = ManifestPart.jsonLines(shard, shard.split() + "_recordings.jsonl");
    supervisions = ManifestPart.jsonLines(shard, shard.split() + "_supervisions.jsonl");
    cuts = ManifestPart.jsonLines(shard, shard.split() + "_cuts.jsonl");
  }

  @Override
  public void recording(String uri, DecodeReport report) throws IOException {
    long samples = Math.round(report.decodedSeconds() * report.sourceRate());
    recording = recording(uri, uri, report.channels(), report.sourceRate(), samples);
    recordings.json(recording);
  }

  @Override
  public void add(ExportItem item, @Nullable Clip clip) throws IOException {
    AudioPlace audio = AudioPlace.of(item, clip, shard, format);
    String key = item.key();
    if (clip != null) {
      recording = recording(key, audio.file(), 1, clip.rate(), clip.samples());
      recordings.json(recording);
    }
    Object channel = clip == null ? channel(item) : 0;
    supervisions.json(supervision(item, key, audio.startSeconds(), audio.seconds(), channel));
    Map<String, Object> cut = new LinkedHashMap<>();
    cut.put("id", key);
    cut.put("start", audio.startSeconds());
    cut.put("duration", audio.seconds());
    cut.put("channel", channel);
    cut.put("supervisions", List.of(supervision(item, key, 0, audio.seconds(), channel)));
    cut.put("recording", requireNonNull(recording));
    cut.put("type", channel instanceof List<?> ? "MultiCut" : "MonoCut");
    cuts.json(cut);
  }

  /** A mixed signal is of all channels of the recording. */
  private Object channel(ExportItem item) {
    if (apart) {
      return item.getSegment().getChannel();
    }
    List<?> all = (List<?>) requireNonNull(recording.get("channel_ids"));
    return all.size() == 1 ? all.get(0) : all;
  }

  private static Map<String, Object> recording(
      String id, String source, int channels, int rate, long samples) {
    List<Integer> numbers = IntStream.range(0, channels).boxed().toList();
    Map<String, Object> recording = new LinkedHashMap<>();
    recording.put("id", id);
    recording.put(
        "sources",
        List.of(
            ImmutableMap.of(
                "type", source.contains("://") ? "url" : "file",
                "channels", numbers,
                "source", source)));
    recording.put("sampling_rate", rate);
    recording.put("num_samples", samples);
    recording.put("duration", (double) samples / rate);
    recording.put("channel_ids", numbers);
    return recording;
  }

  private Map<String, Object> supervision(
      ExportItem item, String key, double start, double seconds, Object channel) {
    Map<String, Object> supervision = new LinkedHashMap<>();
    supervision.put("id", key);
    supervision.put("recording_id", recording.get("id"));
    supervision.put("start", start);
    supervision.put("duration", seconds);
    supervision.put("channel", channel);
    for (String column : List.of("text", "language", "gender")) {
      if (!item.metadata(column).isEmpty()) {
        supervision.put(column, item.metadata(column));
      }
    }
    if (!item.speaker().isEmpty()) {
      supervision.put("speaker", item.speaker());
    }
    Map<String, Object> custom = new LinkedHashMap<>();
    custom.put("emotion", item.getLabel());
    custom.put("recording", item.getSegment().getRecording());
    custom.put("label_source", item.getLabelSource());
    custom.put("confidence", item.getSegment().getConfidence());
    custom.putAll(CorpusColumns.quality(item));
    supervision.put("custom", custom);
    return supervision;
  }

  @Override
  public void close() throws IOException {
    recordings.close();
    supervisions.close();
    cuts.close();
  }
}
