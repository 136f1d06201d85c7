package io.gemoclap.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A shard's part of a manifest of lines. */
final class ManifestPart implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OutputStream out;

  ManifestPart(Shard shard, String manifest, String mimeType) throws IOException {
    out = shard.part(manifest, mimeType);
  }

  static ManifestPart jsonLines(Shard shard, String manifest) throws IOException {
    return new ManifestPart(shard, manifest, "application/jsonl");
  }

  void json(Object row) throws IOException {
    line(JSON.writeValueAsString(row));
  }

  void line(String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
