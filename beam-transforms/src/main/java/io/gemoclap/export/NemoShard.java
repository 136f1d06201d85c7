package io.gemoclap.export;

import io.gemoclap.export.clip.Clip;
import io.gemoclap.export.clip.ClipFormat;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A manifest of NVIDIA NeMo: {@code audio_filepath}, {@code offset}, {@code duration}, and more.
 */
final class NemoShard implements ShardWriter {
  private final Shard shard;
  private final ClipFormat format;
  private final ManifestPart rows;

  NemoShard(Shard shard, ExportSettings settings) throws IOException {
    this.shard = shard;
    format = settings.clips().format();
    rows = ManifestPart.jsonLines(shard, shard.split() + "_manifest.json");
  }

  @Override
  public void add(ExportItem item, @Nullable Clip clip) throws IOException {
    AudioPlace audio = AudioPlace.of(item, clip, shard, format);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("audio_filepath", audio.file());
    if (!audio.whole()) {
      row.put("offset", audio.startSeconds());
    }
    row.put("duration", audio.seconds());
    String text = item.metadata("text");
    row.put("text", text.isEmpty() ? "-" : text);
    row.put("emotion", item.getLabel());
    putIfKnown(row, "speaker", item.speaker());
    putIfKnown(row, "gender", item.metadata("gender"));
    putIfKnown(row, "lang", item.metadata("language"));
    row.put("id", item.key());
    row.put("recording", item.getSegment().getRecording());
    row.put("label_source", item.getLabelSource());
    row.put("confidence", item.getSegment().getConfidence());
    row.putAll(CorpusColumns.quality(item));
    rows.json(row);
  }

  private static void putIfKnown(Map<String, Object> row, String name, String value) {
    if (!value.isEmpty()) {
      row.put(name, value);
    }
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
