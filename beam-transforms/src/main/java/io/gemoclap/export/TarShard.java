package io.gemoclap.export;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.export.clip.Clip;
import io.gemoclap.export.clip.ClipFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A tar file of WebDataset: for each segment {@code <key>.flac} and {@code <key>.json}, side by
 * side. Members may be larger than 8 GiB and names may have any letters, through headers of POSIX
 * 2001 (pax). The bytes do not depend on the time.
 */
final class TarShard implements ShardWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ClipFormat format;
  private final TarArchiveOutputStream tar;

  TarShard(Shard shard, ExportSettings settings) throws IOException {
    this(shard.create(shard.name() + ".tar", "application/x-tar"), settings.clips().format());
  }

  TarShard(OutputStream out, ClipFormat format) {
    this.format = format;
    tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  @Override
  public void add(ExportItem item, @Nullable Clip clip) throws IOException {
    String key = item.key();
    try (InputStream audio = Files.newInputStream(requireNonNull(clip).file())) {
      member(key + "." + format.suffix(), Files.size(clip.file()), audio);
    }
    byte[] row = JSON.writeValueAsBytes(CorpusColumns.row(item));
    member(key + ".json", row.length, new ByteArrayInputStream(row));
  }

  /** Adds a file. */
  void member(String name, long size, InputStream bytes) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    bytes.transferTo(tar);
    tar.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
