package io.gemoclap.export;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.export.clip.Clip;
import io.gemoclap.export.clip.ClipFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder of clips with {@code metadata.jsonl}, as Hugging Face's {@code audiofolder} reads it.
 */
final class AudioFolderShard implements ShardWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Shard shard;
  private final ClipFormat format;
  private final OutputStream metadata;

  AudioFolderShard(Shard shard, ExportSettings settings) throws IOException {
    this.shard = shard;
    format = settings.clips().format();
    metadata = shard.create(shard.clips() + "/metadata.jsonl", "application/jsonl");
  }

  @Override
  public void add(ExportItem item, @Nullable Clip clip) throws IOException {
    String name = item.key() + "." + format.suffix();
    shard.copy(requireNonNull(clip).file(), shard.clips() + "/" + name, format.mimeType());
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("file_name", name);
    row.putAll(CorpusColumns.row(item));
    metadata.write((JSON.writeValueAsString(row) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    metadata.close();
  }
}
