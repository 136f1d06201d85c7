package io.gemoclap.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.export.clip.ClipFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

/** Members above 8 GiB, which the oldest header of tar cannot name. */
final class TarShardTest {
  private static final long SIZE = (8L << 30) + 12_345;

  /** Zeros that take no memory. */
  private static InputStream zeros(long size) {
    return new InputStream() {
      private long left = size;

      @Override
      public int read() {
        return left-- > 0 ? 0 : -1;
      }

      @Override
      public int read(byte[] bytes, int from, int length) {
        if (left == 0) {
          return -1;
        }
        int count = (int) Math.min(length, left);
        left -= count;
        return count;
      }

      @Override
      public long transferTo(OutputStream out) throws IOException {
        byte[] block = new byte[1 << 20];
        long all = left;
        for (int count = read(block, 0, block.length);
            count > 0;
            count = read(block, 0, block.length)) {
          out.write(block, 0, count);
        }
        return all;
      }
    };
  }

  @Test
  void aMemberMayHaveMoreThanEightGibibytes() throws Exception {
    PipedInputStream in = new PipedInputStream(1 << 20);
    OutputStream out = new PipedOutputStream(in);
    CompletableFuture<Void> written =
        CompletableFuture.runAsync(
            () -> {
              try (TarShard tar = new TarShard(out, ClipFormat.FLAC)) {
                tar.member("long.flac", SIZE, zeros(SIZE));
                tar.member("long.json", 2, zeros(2));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new BufferedInputStream(in, 1 << 20))) {
      TarArchiveEntry first = tar.getNextEntry();
      assertEquals("long.flac", first.getName());
      assertEquals(SIZE, first.getSize());
      assertEquals("long.json", tar.getNextEntry().getName());
    }
    written.get();
  }
}
